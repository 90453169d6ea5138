// Checks and exercises of the page of rotary embedding.
import {table} from '../../report/page/dom.mjs';

import {differenceOf, dot, drawn, frequencyOf, lengthOf, pairAt, rope, scaledFrequency} from './formula.mjs';

// A word's two numbers in pair `pair` of a vector, through the kernels at `position`.
export function turn(lab, word, position, {pair, layout, table: name}) {
  const size = lab.sizes.headDim, [a, b] = pairAt(pair, size, layout), x = new Float32Array(size);
  [x[a], x[b]] = word;
  const [cos, sin] = lab.ops.run(name, position);
  const y = lab.ops.run(layout === 'half' ? 'rope_1' : 'rope_1_interleaved', x, cos, sin);
  return {turned: [y[a], y[b]], vector: [cos[pair], sin[pair]]};
}

export function rotaryChecks(lab) {
  const size = lab.sizes.headDim, x = drawn(size, 5), y = drawn(size, 6), pairs = Array.from({length: size / 2}, (_, i) => i);
  const at = (vector, position, layout = 'rope_1') => lab.ops.run(layout, vector, ...lab.ops.run('rotary_table', position));
  const frequencies = pairs.map(i => scaledFrequency(frequencyOf(i, size, lab.sizes.theta), lab.sizes.scaling)),
        angles = frequencies.map(f => 300 * f);
  const product = (m, n) => dot(at(x, m), at(y, n));
  const shuffle = vector => vector.map((_, i) => vector[i % 2 * size / 2 + (i >> 1)]);
  return [
    {
      claim: 'the table holds cos and sin of position · frequency, at position 300',
      difference: differenceOf(lab.ops.run('rotary_table', 300)[0], angles.map(Math.cos)),
      tolerance: 1e-6
    },
    {claim: 'the kernel gives the formula, layout half', difference: differenceOf(at(x, 300), rope(x, angles, 'half')), tolerance: 1e-6},
    {
      claim: 'the kernel gives the formula, layout interleaved',
      difference: differenceOf(at(x, 300, 'rope_1_interleaved'), rope(x, angles, 'interleaved')),
      tolerance: 1e-6
    },
    {claim: 'a rotated vector keeps its length', difference: Math.abs(lengthOf(at(x, 300)) / lengthOf(x) - 1), tolerance: 1e-6},
    {
      claim: 'moving both words by 100 keeps their product',
      difference: Math.abs(product(104, 109) - product(4, 9)) / lengthOf(x) / lengthOf(y),
      tolerance: 1e-5
    },
    {
      claim: 'the two layouts are one map of elements in another order',
      difference: differenceOf(at(shuffle(x), 300, 'rope_1_interleaved'), shuffle(Array.from(at(x, 300)))),
      tolerance: 0
    },
  ];
}

export function rotaryExercises(lab) {
  const state = {pair: 2, layout: 'half', table: 'rotary_table'}, words = [[1.1, 0.35], [0.35, 1.15]];
  const product = (m, n) => dot(turn(lab, words[0], m, state).turned, turn(lab, words[1], n, state).turned);
  const slowest = () => {
    const [, sin] = lab.ops.run('rotary_table', 1);
    return sin[0] < sin.at(-1) ? 'first' : 'last';
  };
  const first = () => turn(lab, [1, 0], 2, {...state, pair: 0}).turned[0];
  const size = lab.sizes.headDim;
  return [
    {
      id: 'rope-both',
      kind: 'choose',
      text: 'llama stands at 4 and wool at 9. Ten words come before them, so they stand at 14 and 19. Their product…',
      options: [['falls', 'falls'], ['stays', 'stays as it is'], ['grows', 'grows']],
      truth: () => {
        const change = product(14, 19) - product(4, 9);
        return Math.abs(change) < 1e-5 ? 'stays' : change < 0 ? 'falls' : 'grows';
      },
      explain: () => `The kernels give ${product(4, 9).toFixed(6)} before and ${product(14, 19).toFixed(6)} after: only the distance of 5 counts.`
    },
    {
      id: 'rope-slow',
      kind: 'choose',
      text: 'Which pair turns slowest from word to word?',
      options: [['first', 'pair 0'], ['last', `pair ${size / 2 - 1}`], ['same', 'all turn alike']],
      truth: slowest,
      explain: () => {
        const [, sin] = lab.ops.run('rotary_table', 1);
        return `At position 1 the table has sines of ${sin[0].toFixed(3)} for pair 0 and ${sin.at(-1).toExponential(1)} for the last.`;
      }
    },
    {
      id: 'rope-number',
      kind: 'number',
      text:
        'Pair 0 turns by one radian a word. A word with (1, 0) in it stands at position 2. What is its first number after the rotation? Three digits will do.',
      tolerance: 0.003,
      truth: first,
      hint: 'It is a cosine, of an angle in radians.',
      explain: () => `The kernel gives ${first().toFixed(4)}: cos 2.`
    },
    {
      id: 'rope-code',
      kind: 'code',
      name: 'rope',
      tolerance: 1e-5,
      text: 'Rotate all pairs of a vector, for both layouts. cos and sin have one number a pair; layout is "half" or "interleaved".',
      start: 'function rope(x, cos, sin, layout) {\n  const y = x.slice(), pairs = x.length / 2;\n  return y;\n}',
      cases: () => [['half', 0], ['half', 17], ['interleaved', 17], ['half', 400], ['interleaved', 400]].map(([layout, position], i) => {
        const x = drawn(size, 30 + i), [cos, sin] = lab.ops.run('rotary_table', position);
        return {
          label: `${layout}, position ${position}`,
          input: [x, Array.from(cos), Array.from(sin), layout],
          expected: lab.ops.run(layout === 'half' ? 'rope_1' : 'rope_1_interleaved', x, cos, sin)
        };
      })
    },
  ];
}
