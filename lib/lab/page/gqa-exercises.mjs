// Checks and exercises of the page of grouped-query attention.
import {asCount} from '../../report/page/numbers.mjs';

import {attendRows, differenceOf, drawn} from './formula.mjs';

export const cacheBytes = ({layers, groups, headDim, tokens, bytes}) => 2 * layers * groups * headDim * tokens * bytes;

// Queries and caches of drawn numbers, with which heads `attend` at position 20.
function drawnAttention({heads, kvHeads, headDim, cacheRows}, seed, position) {
  const q = drawn(heads * headDim, seed).map(value => Math.fround(3 * value)),
        [keys, values] = [1, 2].map(more => drawn(kvHeads * cacheRows * headDim, seed + more).map(Math.fround));
  const rows = cache => Array.from(
    {length: kvHeads},
    (_, group) =>
      Array.from({length: position + 1}, (_, row) => cache.slice((group * cacheRows + row) * headDim, (group * cacheRows + row + 1) * headDim)));
  return {
    q,
    keys,
    values,
    heads: Array.from({length: heads}, (_, head) => q.slice(head * headDim, (head + 1) * headDim)),
    keyRows: rows(keys),
    valueRows: rows(values)
  };
}

// The heads whose output changes if kv head `group` holds other keys.
function readersOf(lab, group) {
  const {heads, headDim, cacheRows} = lab.sizes, {q, keys, values} = drawnAttention(lab.sizes, 1, 20);
  const other = keys.map((value, i) => Math.floor(i / (cacheRows * headDim)) === group ? -value : value);
  const [before, after] = [keys, other].map(cache => lab.ops.run('attend', q, cache, values, 20));
  return Array.from({length: heads}, (_, head) => head)
    .filter(head => before.slice(head * headDim, (head + 1) * headDim).some((value, e) => value !== after[head * headDim + e]));
}

export function gqaChecks(lab) {
  const {heads, kvHeads, headDim, cacheRows} = lab.sizes, group = heads / kvHeads, all = drawnAttention(lab.sizes, 1, 20);
  const found = lab.ops.run('attend', all.q, all.keys, all.values, 20);
  const expected = all.heads.flatMap((q, head) => attendRows(q, all.keyRows[Math.floor(head / group)], all.valueRows[Math.floor(head / group)]));
  const wrong = Array.from({length: kvHeads}, (_, kv) => kv).flatMap(kv => readersOf(lab, kv).filter(head => Math.floor(head / group) !== kv)).length;
  const weights = lab.ops.run('softmax', lab.ops.run('scores', all.q, all.keys, 20), 20);
  const sums = all.heads.map((_, head) => weights.subarray(head * cacheRows, head * cacheRows + 21).reduce((sum, value) => sum + value, 0));
  const swapped =
    lab.ops.run('attend', [...all.q.slice(headDim, 2 * headDim), ...all.q.slice(0, headDim), ...all.q.slice(2 * headDim)], all.keys, all.values, 20);
  return [
    {claim: 'the kernel gives the formula, with kv head ⌊h / (H/G)⌋ for query head h', difference: differenceOf(found, expected), tolerance: 1e-5},
    {claim: 'query heads that change with the keys of a kv head that is not theirs', difference: wrong, tolerance: 0},
    {claim: 'weights of each head sum to 1', difference: Math.max(...sums.map(sum => Math.abs(sum - 1))), tolerance: 1e-5},
    {
      claim: 'two queries of one group that change places give each other’s results',
      difference: differenceOf(swapped.slice(0, headDim), Array.from(found.slice(headDim, 2 * headDim))),
      tolerance: 1e-6
    },
  ];
}

const GROUPED_START = `function groupedAttend(q, keys, values) {
  return q.flatMap((one, head) => attendOne(one, keys[0], values[0]));
}

function attendOne(q, keys, values) {
  const scores = keys.map(key => key.reduce((sum, k, e) => sum + k * q[e], 0) / Math.sqrt(q.length));
  const top = Math.max(...scores), weights = scores.map(score => Math.exp(score - top));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return q.map((_, e) => weights.reduce((sum, weight, j) => sum + weight / all * values[j][e], 0));
}`;

export function gqaExercises(lab) {
  const llama = () => cacheBytes({layers: 32, groups: 8, headDim: 128, tokens: 8192, bytes: 2}) / 1e6;
  return [
    {
      id: 'gqa-map',
      kind: 'choose',
      text: 'Query heads are numbered from 0 to 7, and there are two kv heads, 0 and 1. Which does query head 3 read?',
      options: [['0', 'kv head 0'], ['1', 'kv head 1'], ['both', 'both']],
      truth: () => [0, 1].filter(group => readersOf(lab, group).includes(3)).join('') || 'both',
      explain: () => `In the kernel, heads ${readersOf(lab, 0).join(', ')} change with kv head 0, and ${
        readersOf(lab, 1).join(', ')} with kv head 1: neighbours share.`
    },
    {
      id: 'gqa-bytes',
      kind: 'number',
      text:
        'Llama 3 8B has 32 layers and 8 kv heads of 128 numbers. How many megabytes (millions of bytes) does its cache take for 8,192 tokens in bf16?',
      tolerance: 0.01,
      truth: llama,
      hint: 'Keys and values; two bytes a number; kv heads, not query heads.',
      explain: () => `${asCount(Math.round(llama()))} MB. With a kv head for each of the 32 query heads it would be four times as much.`
    },
    {
      id: 'gqa-code',
      kind: 'code',
      name: 'groupedAttend',
      tolerance: 1e-5,
      text:
        'q is a list of query heads; keys and values have a list of rows for each kv head. Attention of one head is there. Let every query head read its own kv head.',
      start: GROUPED_START,
      cases: () => [0, 5, 40].map((position, i) => {
        const all = drawnAttention(lab.sizes, 70 + 10 * i, position);
        return {
          label: `${position + 1} ${position ? 'rows' : 'row'}`,
          input: [all.heads, all.keyRows, all.valueRows],
          expected: lab.ops.run('attend', all.q, all.keys, all.values, position)
        };
      })
    },
  ];
}
