// Numbers that a reader changes.
import {choice, make} from '../../report/page/dom.mjs';

// A slider with its value beside it; `show` makes text of the value.
export function slider(label, {min, max, step = 1, value, name = null, show = String}, onchange) {
  const output = make('output', {text: show(value)});
  const input = make('input', {
    type: 'range',
    min,
    max,
    step,
    value,
    'aria-label': label,
    oninput: () => {
      output.textContent = show(input.valueAsNumber);
      onchange(input.valueAsNumber);
    }
  });
  const field = make('label', {class: `slide ${name ?? ''}`}, make('span', {text: label}), input, output);
  field.set = next => {
    input.value = next;
    output.textContent = show(next);
  };
  field.setMost = most => {
    input.max = most;
  };
  return field;
}

export const tools = (...children) => make('div', {class: 'tools'}, ...children);

// The choice of one of a model's layers.
export const layerChoice = (layers, layer, onchange) =>
  choice('layer', Array.from({length: layers}, (_, i) => [i, String(i)]), layer, value => onchange(Number(value)));

export const caption = (figure, text) => make('figure', {}, figure, make('figcaption', {}, text));

// Legends: [class of the colour, text].
export const legend = entries => make('ul', {class: 'key'}, entries.map(([colour, text]) => make('li', {}, make('i', {class: colour}), text)));
