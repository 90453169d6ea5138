// The page of the KV cache: above without, below with.
import {greedy} from '../../web/model.mjs';
import {choice, make, table} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';
import {caption, legend, tools} from './controls.mjs';
import {differenceOf, drawn} from './formula.mjs';
import {attentionGrid, keysMade, scoresMade, scoresSoFar} from './grid.mjs';
import {lesson} from './lesson.mjs';

const PROMPT = 'Once upon a time, there was a boy called Ben.';
const MOST_TOKENS = 48; // tokens shown

// The attention weights of every layer and head for the token that was read last.
function weightsOf(model, seen) {
  const {heads, cacheRows} = model.sizes, n = model.position;
  return seen.map(all => Array.from({length: heads}, (_, head) => Array.from(all.subarray(head * cacheRows, head * cacheRows + n))));
}

// Reads `token`, and gives what follows with all attention weights.
function readToken(model, token) {
  const seen = [];
  model.see = slot => { if (slot === 'softmax') seen.push(model.get('weights').slice()); };
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
      caption(attentionGrid(weights, false, `without a cache: token ${n} computes ${n} keys and ${scoresMade(n, false)} scores`), [make('b', {text: 'Without a cache. '}), 'Every step computes all keys, and the whole triangle of scores, again.']),
      caption(attentionGrid(weights, true, `with a cache: token ${n} computes one key and ${n} scores`), [make('b', {text: 'With a cache. '}), 'Keys wait where earlier steps wrote them. One key and one row are computed; the shades of the row are this head’s attention weights.']));
    words.replaceChildren(...state.ids.map((id, j) => make('span', {class: 'word', style: `--weight: ${Math.round(70 * Math.sqrt(weights[j]))}%`, title: `weight ${weights[j].toFixed(4)}`, text: lab.tokenizer.name(id)})));
    const row = (what, of) => [what, asCount(of(n, false)), asCount(of(n, true))];
    facts.replaceChildren(table(`one head, ${n} tokens`, ['', 'without', 'with'], [row('keys and values made for the newest token', keysMade), row('scores computed for the newest token', scoresMade), row('scores computed so far', scoresSoFar)]));
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
  const controls = make('div', {}, tools(prompt, make('button', {text: 'begin', onclick: start}), make('button', {text: 'next token', onclick: () => next(1)}), make('button', {text: '10 tokens', onclick: () => next(10)})),
    tools(choice('layer', numbers(lab.sizes.layers), state.layer, value => { state.layer = Number(value); show(); }), choice('head', numbers(lab.sizes.heads), state.head, value => { state.head = Number(value); show(); })));
  start();
  return {controls, picture: make('div', {}, words, pictures, legend([['made', 'computed in this step'], ['kept', 'read from the cache'], ['unused', 'not needed again']]), facts)};
}

// Logits after each token of `ids`, from the whole compiled model: token by token, or all again for each.
function logitsOf(model, ids, cached) {
  model.reset();
  return ids.map((id, i) => {
    if (!cached) model.reset();
    return (cached ? model.append([id]) : model.append(ids.slice(0, i + 1))).slice();
  });
}

function cacheChecks(lab) {
  const ids = lab.tokenizer.encode(PROMPT), {compiled} = lab, {heads, kvHeads, headDim, cacheRows} = lab.sizes;
  const timed = cached => { const began = performance.now(); return [logitsOf(compiled, ids, cached), performance.now() - began]; };
  const [[again], [kept]] = [timed(false), timed(true)];
  const worst = Math.max(...kept.map((logits, i) => differenceOf(logits, again[i])));
  const q = drawn(heads * headDim, 1), keys = drawn(kvHeads * cacheRows * headDim, 2), values = drawn(kvHeads * cacheRows * headDim, 3), n = 20;
  const spoilt = keys.map((value, i) => Math.floor(i / headDim) % cacheRows > n ? 1e3 : value);
  const attend = cache => lab.ops.run('attend', q, cache, values, n);
  const parts = lab.ops.run('mix', lab.ops.run('softmax', lab.ops.run('scores', q, keys, n), n), values, n);
  const model = lab.model();
  model.reset();
  let logits;
  for (const id of ids) logits = model.step(id);
  return [
    {claim: `logits of ${ids.length} tokens are the same with a cache and without one, in the whole compiled model`, difference: worst, tolerance: 1e-5},
    {claim: 'the model run op by op gives the logits of the compiled one', difference: differenceOf(logits, kept.at(-1)), tolerance: 1e-5},
    {claim: 'rows of the cache after the position are not read', difference: differenceOf(attend(spoilt), attend(keys)), tolerance: 0},
    {claim: 'scores, softmax and mix give what one attend gives', difference: differenceOf(parts, attend(keys)), tolerance: 1e-5},
  ];
}

function cacheExercises(lab) {
  const {layers, kvHeads, headDim, heads, cacheRows} = lab.sizes, model = lab.model();
  const keysOfOneStep = () => {
    let count = 0;
    model.reset();
    model.step(lab.tokenizer.bos);
    model.see = (slot, layer) => { if (slot === 'append_k' && layer === 0) count++; };
    model.step(lab.tokenizer.bos);
    model.see = null;
    return count;
  };
  const bytes = () => 2 * layers * lab.ops.functions.get('kv_append').arguments[2].shape.reduce((a, b) => a * b, 4) / cacheRows;
  return [
    {id: 'cache-keys', kind: 'choose', text: '100 tokens are in the cache, and the next one comes. For how many tokens does each layer compute keys?', options: [['1', 'one'], ['100', '100'], ['101', '101']],
      truth: () => String(keysOfOneStep()), explain: () => `A step of this model appended keys ${keysOfOneStep()} time in its first layer.`},
    {id: 'cache-bytes', kind: 'number', text: `This model has ${layers} layers, ${kvHeads} kv heads of ${headDim} numbers, and a cache in f32. How many bytes does one token take in it?`, truth: bytes, hint: 'Keys and values, of every layer.',
      explain: () => `${asCount(bytes())} bytes, by the shape that kv_append has.`},
    {id: 'cache-code', kind: 'code', name: 'attend', tolerance: 1e-5, text: 'Attention of one query over the rows of a cache: products with all keys, divided by √E, softmax, and the mix of the values. q is a list; keys and values are lists of lists.',
      start: 'function attend(q, keys, values) {\n  const scores = keys.map(key => 0);\n  return values[0];\n}',
      cases: () => [0, 1, 7, 60].map((position, i) => {
        const q = drawn(heads * headDim, 40 + i), keys = drawn(kvHeads * cacheRows * headDim, 50 + i), values = drawn(kvHeads * cacheRows * headDim, 60 + i);
        const rows = cache => Array.from({length: position + 1}, (_, row) => cache.slice(row * headDim, (row + 1) * headDim).map(Math.fround));
        const scaled = q.map(value => 4 * value);
        return {label: `${position + 1} ${position ? 'rows' : 'row'}, one head of ${headDim}`, input: [scaled.slice(0, headDim).map(Math.fround), rows(keys), rows(values)], expected: lab.ops.run('attend', scaled, keys, values, position).slice(0, headDim)};
      })},
  ];
}

export const cachePage = {id: 'cache', name: 'KV cache', build: lab => lesson(lab, {
  title: 'KV cache', ...cachePicture(lab), checks: () => cacheChecks(lab), exercises: cacheExercises(lab),
  claim: ['A key depends on its own token and on those before it, never on those that follow. So keys and values are computed once and kept, and a step computes one row of attention instead of all rows.'],
  formulas: ['K_{t} = rope ( W_k x_t , t )', 'o_t = \\sum_{j ≤ t} softmax_j ( \\frac{q_t · K_j}{\\sqrt{E}} ) V_j'],
  where: [['t is the newest token, j runs over those in the cache, E is the size of a head.'], ['Keys are kept rotated: each was turned by its own position, which does not change (Pope et al. 2022 describe the cache’s cost).'],
    ['Over n tokens, attention without a cache computes about n³/6 scores a head, with one n²/2.']],
  sources: [['KvCache.td', 'KvAppend', 'kvAppend'], ['Attention.td', 'Attend', 'attend']], ops: ['kv_append', 'scores', 'softmax', 'mix', 'attend'],
  breaks: ['late', 'twice', 'keys'], breakText: 'Write every key one row too low, beside the value of the token before. Rotate cached keys a second time. Leave keys unrotated.',
})};
