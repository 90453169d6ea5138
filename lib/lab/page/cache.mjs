// The page of the KV cache: above without, below with.
import {choice, make, table} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';
import {greedy} from '../../web/model.mjs';

import {colouredWords} from './attention.mjs';
import {cacheChecks, cacheExercises, PROMPT} from './cache-exercises.mjs';
import {caption, legend, tools} from './controls.mjs';
import {attentionGrid, keysMade, multiplyAdds, scoresMade, scoresSoFar} from './grid.mjs';
import {lesson} from './lesson.mjs';

const MOST_TOKENS = 48; // tokens shown

// The attention weights of every layer and head for the token that was read last.
function weightsOf(model, seen) {
  const {heads, cacheRows} = model.sizes, n = model.position;
  return seen.map(all => Array.from({length: heads}, (_, head) => Array.from(all.subarray(head * cacheRows, head * cacheRows + n))));
}

// Reads `token`, and gives what follows with all attention weights.
function readToken(model, token) {
  const seen = [];
  model.see = slot => {
    if (slot === 'softmax') seen.push(model.get('weights').slice());
  };
  const next = greedy(model.step(token));
  model.see = null;
  return {next, weights: weightsOf(model, seen)};
}

function cachePicture(lab) {
  const model = lab.model(), state = {ids: [], last: null, layer: lab.sizes.layers - 1, head: 0};
  const pictures = make('div', {class: 'stacked'}), facts = make('div', {}), words = make('p', {class: 'words'});
  const prompt = make('input', {type: 'text', value: PROMPT, maxlength: 120, 'aria-label': 'prompt', size: 34});
  function show() {
    const n = state.ids.length, weights = state.last.weights[state.layer][state.head];
    pictures.replaceChildren(
      caption(
        attentionGrid(weights, false, `without a cache: token ${n} computes ${n} keys and ${scoresMade(n, false)} scores`),
        [make('b', {text: 'Without a cache. '}), 'Every step computes all keys, and the whole triangle of scores, again.']),
      caption(attentionGrid(weights, true, `with a cache: token ${n} computes one key and ${n} scores`), [
        make('b', {text: 'With a cache. '}),
        'Keys wait where earlier steps wrote them. One key and one row are computed; the shades of the row are this head’s attention weights.'
      ]));
    words.replaceChildren(...colouredWords(lab.tokenizer, state.ids, weights));
    const row = (what, of) => [what, asCount(of(n, false)), asCount(of(n, true))];
    facts.replaceChildren(table(`the work for ${n} tokens`, ['', 'without', 'with'], [
      row('keys that a head makes for the newest token', keysMade), row('scores that a head computes for it', scoresMade),
      row('scores that a head has computed so far', scoresSoFar),
      row('multiply-adds of this step, in the whole model', (count, cached) => multiplyAdds(lab.sizes, count, cached))
    ]));
  }
  // The model is shared with other parts of the lab, so its cache is read anew where it is not this page's.
  function replay() {
    model.reset();
    for (const id of state.ids) state.last = readToken(model, id);
  }
  function start() {
    state.ids = lab.tokenizer.encode(prompt.value).slice(0, MOST_TOKENS / 2);
    replay();
    show();
  }
  function next(count) {
    replay();
    for (let i = 0; i < count && state.ids.length < MOST_TOKENS; i++) {
      state.ids.push(state.last.next);
      state.last = readToken(model, state.last.next);
    }
    show();
  }
  const numbers = count => Array.from({length: count}, (_, i) => [i, String(i)]);
  const controls = make(
    'div', {},
    tools(
      prompt, make('button', {text: 'begin', onclick: start}), make('button', {text: 'next token', onclick: () => next(1)}),
      make('button', {text: '10 tokens', onclick: () => next(10)})),
    tools(choice('layer', numbers(lab.sizes.layers), state.layer, value => {
            state.layer = Number(value);
            show();
          }), choice('head', numbers(lab.sizes.heads), state.head, value => {
            state.head = Number(value);
            show();
          })));
  start();
  return {
    controls,
    picture: make(
      'div', {}, words, pictures, legend([['made', 'computed in this step'], ['kept', 'read from the cache'], ['unused', 'not needed again']]), facts)
  };
}

export const cachePage = {
  id: 'cache',
  name: 'KV cache',
  build: lab => lesson(lab, {
    title: 'KV cache',
    ...cachePicture(lab),
    checks: () => cacheChecks(lab),
    exercises: cacheExercises(lab),
    claim: [
      'A key depends on its own token and on those before it, never on those that follow. So keys and values are computed once and kept, and a step computes one row of attention instead of all rows.'
    ],
    formulas: ['K_{t} = rope ( W_k x_t , t )', 'o_t = \\sum_{j ≤ t} softmax_j ( \\frac{q_t · K_j}{\\sqrt{E}} ) V_j'],
    where: [
      ['t is the newest token, j runs over those in the cache, E is the size of a head.'],
      ['Keys are kept rotated: each was turned by its own position, which does not change (Pope et al. 2022 describe the cache’s cost).'],
      ['Over n tokens, attention without a cache computes about n³/6 scores a head, with one n²/2.']
    ],
    sources: [['KvCache.td', 'KvAppend', 'kvAppend'], ['Attention.td', 'Attend', 'attend']],
    ops: ['kv_append', 'scores', 'softmax', 'mix', 'attend'],
    breaks: ['late', 'twice', 'keys'],
    breakText: 'Write every key one row too low, beside the value of the token before. Rotate cached keys a second time. Leave keys unrotated.',
  })
};
