// Progress as text: copied out to be kept elsewhere, and pasted in on another day or machine.
import {make} from '../../report/page/dom.mjs';

async function copyText(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return 'Copied.';
  } catch {
    return 'The text is selected: copy it.';
  }
}

// `onread` shows the pages anew after a text was taken over.
export function progressBox(progress, onread) {
  const area = make('textarea', {rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-label': 'your progress as text'});
  const status = make('p', {class: 'soft', role: 'status'});
  const fill = () => {
    area.value = progress.toText();
    status.textContent = `Exercises answered: ${progress.answered.size}.`;
  };
  async function read() {
    try {
      progress.read(area.value);
    } catch {
      status.textContent = 'This is not the progress of a lab, and nothing is changed.';
      return;
    }
    progress.keep();
    await onread();
    fill();
  }
  const copy = async () => {
    status.textContent = await copyText(area);
  };
  return make(
    'details', {
      ontoggle: ({target}) => {
        if (target.open) fill();
      }
    },
    make('summary', {text: 'Your progress, as text'}),
    make('p', {}, 'What you answered and the code you wrote stay in this browser. To have them elsewhere, copy this text and paste it there.'), area,
    make(
      'div', {class: 'options'}, make('button', {type: 'button', text: 'copy it', onclick: copy}),
      make('button', {type: 'button', text: 'add what is pasted here', onclick: read})),
    status);
}
