// Break it: a piece of the model is swapped, and text and recall are those of the model that is left.
import {make, table} from '../../report/page/dom.mjs';

import {BREAKS, continueText, recalls} from './breaks.mjs';

const OPENING = 'Once upon a time';

const pause = () => new Promise(resolve => setTimeout(resolve));

// Text and recall with the break called `name`, computed once. Pages share the model, so its swaps are
// set for as long as it is not let go.
async function resultOf(lab, name, told) {
  if (lab.broken.has(name)) return lab.broken.get(name);
  const model = lab.model(), [what, swaps] = BREAKS[name];
  const broken = work => {
    model.swaps = swaps;
    try {
      return work();
    } finally {
      model.swaps = {};
    }
  };
  const text = broken(() => continueText(model, lab.tokenizer, OPENING, 40));
  let right = 0;
  for (const [i, prompt] of lab.prompts.entries()) {
    told(`${what}: question ${i + 1} of ${lab.prompts.length}`);
    right += broken(() => recalls(model, lab.tokenizer, prompt));
    await pause();
  }
  lab.broken.set(name, {text, right});
  return lab.broken.get(name);
}

export function breakBox(lab, names) {
  const status = make(
    'p', {class: 'soft', role: 'status', text: `${lab.prompts.length} questions about stories, one of each kind; the whole model runs op by op.`});
  const place = make('div', {class: 'broken'});
  const run = async () => {
    button.disabled = true;
    const rows = [];
    for (const name of ['none', ...names]) {
      const {text, right} = await resultOf(lab, name, told => {
        status.textContent = told;
      });
      rows.push([BREAKS[name][0], `${right} of ${lab.prompts.length}`, make('q', {text: OPENING + text})]);
      place.replaceChildren(table('the model with one piece broken', ['broken', 'recalls', 'its text'], rows));
    }
    status.textContent = 'done';
    button.disabled = false;
  };
  const button = make('button', {class: 'break', text: 'break it', onclick: run});
  return make('div', {}, make('p', {}, button), status, place);
}
