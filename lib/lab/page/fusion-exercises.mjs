// Checks and exercises of the page of fusion.
import {asBytes, asCount, costAt} from '../../report/page/numbers.mjs';

import {differenceOf, drawn} from './formula.mjs';
import {readAll, SHOWN_TEXT} from './reading.mjs';

// Bytes that kernels write for others and read from others, in one step after `context` tokens.
export function bytesBetween(kernels, context) {
  const ids = new Set(kernels.map(({id}) => id)), step = {tokens: 1, context};
  const flows = ({reads, writes}) => [...reads.filter(({from}) => ids.has(from)), ...writes.filter(({to}) => to === 'workspace')];
  return kernels.reduce((sum, kernel) => sum + kernel.times * flows(kernel).reduce((all, {bytes}) => all + costAt(bytes, step), 0), 0);
}

// Of projections and the embedding; gains are read again by each kernel that applies them.
const weightBytes = kernels => kernels.reduce(
  (sum, {reads, times}) => sum +
    times *
      reads.filter(({from, what}) => from === 'weights' && !what.endsWith('norm.weight'))
        .reduce((all, {bytes}) => all + costAt(bytes, {tokens: 1, context: 0}), 0),
  0);

export function fusionChecks(lab, {fusions, sets}) {
  const {layers, hidden, heads, headDim, ffn, vocab, vocabParts} = lab.sizes, all = sets.at(-1).kernels, context = 1024;
  const blocks = layers * (6 * hidden + 4 * heads * headDim + 2 * ffn + headDim);
  const formula = 4 * (blocks + 2 * hidden + headDim + vocab + 4 * vocabParts);
  const between = sets.map(({kernels}) => bytesBetween(kernels, context)), read = sets.map(({kernels}) => weightBytes(kernels));
  const steps = sets.flatMap((_, on) => fusions.flatMap((_, bit) => on >> bit & 1 ? [] : [between[on | 1 << bit] - between[on]]));
  const ids = lab.tokenizer.encode(SHOWN_TEXT);
  lab.compiled.reset();
  const x = drawn(hidden, 9), {bytes} = lab.tensor('model.layers.0.mlp.up_proj.weight'),
        weight = new Uint16Array(bytes.slice().buffer, 0, ffn * hidden), gain = new Uint16Array(hidden).fill(0x3fa0);
  const apart = lab.ops.run('linear_up', lab.ops.run('rms_norm', x, gain), weight);
  return [
    {
      claim: 'with all fusions, the bytes between kernels are those of the formula',
      difference: Math.abs(bytesBetween(all, 0) - formula),
      tolerance: 0
    },
    {claim: 'with all fusions, a block is 5 kernels', difference: Math.abs(all.filter(({times}) => times === layers).length - 5), tolerance: 0},
    {claim: `none of ${steps.length} ways to switch one more fusion on adds bytes between kernels`, difference: Math.max(0, ...steps), tolerance: 0},
    {claim: `all ${sets.length} sets read the same bytes of matrices of weights`, difference: Math.max(...read) - Math.min(...read), tolerance: 0},
    {
      claim: 'the model with all fusions gives the logits of the one run op by op',
      difference: differenceOf(lab.compiled.append(ids), readAll(lab.model(), ids, () => {})),
      tolerance: 1e-5
    },
    {
      claim: 'a norm and a projection give as one kernel what they give as two',
      difference: differenceOf(lab.ops.run('norm_linear', x, gain, weight), apart),
      tolerance: 1e-5
    },
  ];
}

export function fusionExercises(lab, {fusions, sets}) {
  const {layers, heads, headDim, kvHeads, cacheRows} = lab.sizes, bitOf = name => 1 << fusions.findIndex(one => one.name === name);
  const saved = (name, context) => bytesBetween(sets[0].kernels, context) - bytesBetween(sets[bitOf(name)].kernels, context);
  const names = ['online-softmax', 'swiglu-into-linear', 'residual-into-linear', 'rope-into-attention'];
  const best = context => names.reduce((most, name) => saved(name, context) > saved(most, context) ? name : most);
  const block = () => sets.at(-1).kernels.filter(({times}) => times === layers).length, residual = () => saved('residual-into-linear', 0) / layers;
  return [
    {
      id: 'fusion-most',
      kind: 'choose',
      text: 'No fusion is on, and 4,096 tokens are in the cache. Which of these saves most bytes between kernels?',
      options: names.map(name => [name, name]),
      truth: () => best(4096),
      explain: () => `${names.map(name => `${name}: ${asBytes(saved(name, 4096))}`).join('; ')}. With an empty cache it is ${best(0)}.`
    },
    {
      id: 'fusion-kernels',
      kind: 'number',
      text: 'How many kernels is a block with all fusions?',
      truth: block,
      hint: 'A value must be written where a later kernel needs all of it: count those places.',
      explain: () => `${block()}: q, k and v; attention; its output; gate and up; down.`
    },
    {
      id: 'fusion-bytes',
      kind: 'number',
      text: `Both residual additions of a block are fused into the projections before them (residual-into-linear alone). A token is ${
        lab.sizes.hidden} numbers of four bytes. How many bytes a block are not written and not read any more?`,
      truth: residual,
      hint: 'Each projection’s result was written once and read once.',
      explain: () => `${asCount(residual())} bytes, as the compiler counts them.`
    },
    {
      id: 'fusion-code',
      kind: 'code',
      name: 'onlineMix',
      tolerance: 1e-5,
      text:
        'The weighted mean of values by the softmax of scores, in one pass: keep the greatest score so far, the sum and the mix, and rescale both when a greater score comes. Kernels of softmax and mix judge it.',
      start:
        'function onlineMix(scores, values) {\n  let top = -Infinity, sum = 0, mix = values[0].map(() => 0);\n  for (let j = 0; j < scores.length; j++) {\n  }\n  return mix;\n}',
      cases: () => [[1, 4], [30, 4], [30, 3000], [200, 40]].map(([rows, spread], i) => {
        const scores = new Float32Array(heads * cacheRows), values = drawn(kvHeads * cacheRows * headDim, 90 + i).map(Math.fround);
        scores.set(drawn(rows, 95 + i).map(value => spread * value));
        const mixed = lab.ops.run('mix', lab.ops.run('softmax', scores, rows - 1), values, rows - 1);
        return {
          label: `${rows} ${rows > 1 ? 'rows' : 'row'}, scores to ${spread}`,
          input: [Array.from(scores.subarray(0, rows)), Array.from({length: rows}, (_, row) => values.slice(row * headDim, (row + 1) * headDim))],
          expected: mixed.slice(0, headDim)
        };
      })
    },
  ];
}
