// Checks and exercises of the page of the KV cache.
import {asCount} from '../../report/page/numbers.mjs';

import {differenceOf, drawn} from './formula.mjs';

export const PROMPT = 'Once upon a time, there was a boy called Ben.';

// Logits after each token of `ids`, from the whole compiled model: token by token, or all again for each.
function logitsOf(model, ids, cached) {
  model.reset();
  return ids.map((id, i) => {
    if (!cached) model.reset();
    return (cached ? model.append([id]) : model.append(ids.slice(0, i + 1))).slice();
  });
}

export function cacheChecks(lab) {
  const ids = lab.tokenizer.encode(PROMPT), {compiled} = lab, {heads, kvHeads, headDim, cacheRows} = lab.sizes;
  const again = logitsOf(compiled, ids, false), kept = logitsOf(compiled, ids, true);
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
    {
      claim: `logits of ${ids.length} tokens are the same with a cache and without one, in the whole compiled model`,
      difference: worst,
      tolerance: 1e-5
    },
    {claim: 'the model run op by op gives the logits of the compiled one', difference: differenceOf(logits, kept.at(-1)), tolerance: 1e-5},
    {claim: 'rows of the cache after the position are not read', difference: differenceOf(attend(spoilt), attend(keys)), tolerance: 0},
    {claim: 'scores, softmax and mix give what one attend gives', difference: differenceOf(parts, attend(keys)), tolerance: 1e-5},
  ];
}

export function cacheExercises(lab) {
  const {layers, kvHeads, headDim, heads, cacheRows} = lab.sizes, model = lab.model();
  const keysOfOneStep = () => {
    let count = 0;
    model.reset();
    model.step(lab.tokenizer.bos);
    model.see = (slot, layer) => {
      if (slot === 'append_k' && layer === 0) count++;
    };
    model.step(lab.tokenizer.bos);
    model.see = null;
    return count;
  };
  const bytes = () => 2 * layers * lab.ops.functions.get('kv_append').arguments[2].shape.reduce((a, b) => a * b, 4) / cacheRows;
  return [
    {
      id: 'cache-keys',
      kind: 'choose',
      text: '100 tokens are in the cache, and the next one comes. For how many tokens does each layer compute keys?',
      options: [['1', 'one'], ['100', '100'], ['101', '101']],
      truth: () => String(keysOfOneStep()),
      explain: () => `A step of this model appended keys ${keysOfOneStep()} time in its first layer.`
    },
    {
      id: 'cache-bytes',
      kind: 'number',
      text:
        `This model has ${layers} layers, ${kvHeads} kv heads of ${headDim} numbers, and a cache in f32. How many bytes does one token take in it?`,
      truth: bytes,
      hint: 'Keys and values, of every layer.',
      explain: () => `${asCount(bytes())} bytes, by the shape that kv_append has.`
    },
    {
      id: 'cache-code',
      kind: 'code',
      name: 'attend',
      tolerance: 1e-5,
      text:
        'Attention of one query over the rows of a cache: products with all keys, divided by √E, softmax, and the mix of the values. q is a list; keys and values are lists of lists.',
      start: 'function attend(q, keys, values) {\n  const scores = keys.map(key => 0);\n  return values[0];\n}',
      cases: () => [0, 1, 7, 60].map((position, i) => {
        const q = drawn(heads * headDim, 40 + i), keys = drawn(kvHeads * cacheRows * headDim, 50 + i),
              values = drawn(kvHeads * cacheRows * headDim, 60 + i);
        const rows = cache => Array.from({length: position + 1}, (_, row) => cache.slice(row * headDim, (row + 1) * headDim).map(Math.fround));
        const scaled = q.map(value => 4 * value);
        return {
          label: `${position + 1} ${position ? 'rows' : 'row'}, one head of ${headDim}`,
          input: [scaled.slice(0, headDim).map(Math.fround), rows(keys), rows(values)],
          expected: lab.ops.run('attend', scaled, keys, values, position).slice(0, headDim)
        };
      })
    },
  ];
}
