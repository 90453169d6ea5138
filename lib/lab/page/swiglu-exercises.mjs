// Checks and exercises of the page of SwiGLU.
import {differenceOf, drawn, silu} from './formula.mjs';

export function swigluChecks(lab) {
  const {ffn} = lab.sizes, gate = drawn(ffn, 1).map(value => 6 * value), up = drawn(ffn, 2), ones = new Array(ffn).fill(1);
  const run = (name, ...inputs) => lab.ops.run(name, ...inputs), expected = gate.map((value, i) => silu(value) * up[i]);
  const fine = Array.from({length: ffn}, (_, i) => -2 + 2 * i / ffn), least = Math.min(...run('swiglu', fine, ones));
  return [
    {claim: `the kernel gives silu(gate) · up, for ${ffn} drawn units`, difference: differenceOf(run('swiglu', gate, up), expected), tolerance: 1e-6},
    {
      claim: 'ReGLU’s kernel gives max(0, gate) · up',
      difference: differenceOf(run('reglu', gate, up), gate.map((value, i) => Math.max(0, value) * up[i])),
      tolerance: 1e-6
    },
    {
      claim: 'twice the up gives twice the product',
      difference: differenceOf(run('swiglu', gate, up.map(value => 2 * value)), Array.from(run('swiglu', gate, up), value => 2 * value)),
      tolerance: 0
    },
    {claim: 'SiLU’s least value is −0.2785', difference: Math.abs(least + 0.27846), tolerance: 1e-4},
    {
      claim: 'a gate of 30 lets everything through',
      difference: differenceOf(run('swiglu', ones.map(() => 30), up), up.map(value => 30 * value)),
      tolerance: 1e-6
    },
  ];
}

export function swigluExercises(lab) {
  const {ffn} = lab.sizes, one = (gate, up) => lab.ops.run('swiglu', new Array(ffn).fill(gate), new Array(ffn).fill(up))[0];
  const padded = values => [...values, ...new Array(ffn - values.length).fill(0)];
  return [
    {
      id: 'swiglu-shut',
      kind: 'choose',
      text: 'A unit has a gate of −20 and an up of 5. Its product is…',
      options: [['minus', 'near −100'], ['zero', 'near 0'], ['five', 'near 5']],
      truth: () => {
        const value = one(-20, 5);
        return Math.abs(value) < 0.01 ? 'zero' : value < 0 ? 'minus' : 'five';
      },
      explain: () => `The kernel gives ${one(-20, 5).toExponential(1)}: the gate is shut. With a gate of 20 it gives ${one(20, 5).toFixed(2)}.`
    },
    {
      id: 'swiglu-number',
      kind: 'number',
      text: 'A unit has a gate of 1 and an up of 2. What is its product? Three digits will do.',
      tolerance: 0.003,
      truth: () => one(1, 2),
      hint: 'silu(1) = 1 / (1 + 1/e).',
      explain: () => `The kernel gives ${one(1, 2).toFixed(4)}.`
    },
    {
      id: 'swiglu-code',
      kind: 'code',
      name: 'swiglu',
      tolerance: 1e-5,
      text: 'SwiGLU of two lists of numbers.',
      start: 'function swiglu(gate, up) {\n  return gate;\n}',
      cases: () => [['drawn numbers', drawn(8, 81), drawn(8, 82)], ['large gates', drawn(8, 83).map(value => 40 * value), drawn(8, 84)],
                    ['gates of −800 and 800', [-800, 800], [1, 1]], ['zeros', [0, 0, 1], [1, 0, 0]]]
                     .map(([label, gate, up]) => ({
                            label,
                            input: [gate.map(Math.fround), up.map(Math.fround)],
                            expected: lab.ops.run('swiglu', padded(gate), padded(up)).slice(0, gate.length)
                          }))
    },
  ];
}
