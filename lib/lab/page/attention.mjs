// Attention over a text: its tokens, coloured by what a head attends to as the model reads one of them.
import {choice, make} from '../../report/page/dom.mjs';

import {layerChoice, slider, tools} from './controls.mjs';
import {valuesAfter} from './reading.mjs';

const MOST_READ = 128; // of a text, that are read op by op

// Tokens as words, with weights for the first of them; `onpick` is told which one is clicked.
export const colouredWords = (tokenizer, ids, weights, onpick) => ids.map(
  (id, j) => make('span', {
    class: `word ${j < weights.length ? '' : 'later'} ${onpick && j === weights.length - 1 ? 'read' : ''}`,
    style: `--weight: ${Math.round(70 * Math.sqrt(weights[j] ?? 0))}%`,
    title: j < weights.length ? `weight ${weights[j].toFixed(4)}` : 'not read yet',
    text: tokenizer.name(id),
    onclick: () => onpick?.(j)
  }));

// The places of the `count` greatest weights, greatest first.
export const greatestOf = (weights, count) => Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]).slice(0, count);

// {element, read(ids)}: the choice of layer, head and token over a text.
export function attentionView(lab) {
  const {layers, heads, cacheRows} = lab.sizes, state = {ids: [], weights: [], layer: layers - 1, head: 0, token: 0};
  const words = make('p', {class: 'words'}), most = make('p', {class: 'soft', role: 'status'}), name = j => JSON.stringify(lab.tokenizer.name(state.ids[j]));
  function show() {
    const {token, layer, head} = state, all = state.weights[token][layer], weights = all.subarray(head * cacheRows, head * cacheRows + token + 1);
    words.replaceChildren(...colouredWords(lab.tokenizer, state.ids, weights, pick));
    most.textContent = `As it reads ${name(token)}, head ${head} of layer ${layer} attends most to ${
      greatestOf(weights, 3).filter(j => weights[j] >= 0.005).map(j => `${name(j)} (${(100 * weights[j]).toFixed(0)}%)`).join(', ')}.`;
  }
  function pick(token) {
    state.token = token;
    at.set(token);
    show();
  }
  const at = slider('token that is read', {min: 0, max: 0, value: 0, show: j => String(j + 1)}, pick);
  const head = choice('head', Array.from({length: heads}, (_, i) => [i, String(i)]), state.head, value => {
    state.head = Number(value);
    show();
  });
  const controls = tools(
    layerChoice(
      layers, state.layer,
      value => {
        state.layer = value;
        show();
      }),
    head, at);
  return {
    element: make('div', {class: 'attending'}, controls, words, most),
    // Shows `ids` as they are seen at the one at `token`.
    read(ids, token) {
      state.ids = ids.slice(0, MOST_READ);
      state.weights = valuesAfter(lab.model(), state.ids, 'softmax', 'weights');
      at.setMost(state.ids.length - 1);
      pick(Math.min(token, state.ids.length - 1));
    }
  };
}
