// Checks and exercises of the page of RMSNorm.
import {differenceOf, dot, drawn, layerNorm, lengthOf, meanSquare, rmsNorm} from './formula.mjs';

export const KERNELS = {
  '0': 'rms_norm_8_eps_0',
  '1e-5': 'rms_norm_8_eps_1e_5',
  '1e-2': 'rms_norm_8_eps_1e_2',
  '1': 'rms_norm_8_eps_1'
};

export const ones = new Array(8).fill(1);

export function rmsChecks(lab) {
  const {hidden, eps, ffn} = lab.sizes, x = drawn(hidden, 7), gains = new Uint16Array(hidden).fill(0x3f80);
  const few = drawn(8, 3), norm = vector => lab.ops.run(KERNELS['0'], vector, ones), y = norm(few);
  const mean = few.reduce((sum, value) => sum + value, 0) / 8;
  const up = new Uint16Array(lab.tensor('model.layers.0.mlp.up_proj.weight').bytes.slice().buffer, 0, ffn * hidden);
  const full = lab.ops.run('rms_norm', x, gains), late = Array.from(lab.ops.run('linear_up', x, up), value => value / Math.sqrt(meanSquare(x) + eps));
  return [
    {
      claim: `the kernel gives the formula, for ${hidden} drawn numbers`,
      difference: differenceOf(full, rmsNorm(x, new Array(hidden).fill(1), eps)),
      tolerance: 1e-6
    },
    {claim: 'with gains of 1 and ε = 0 the mean square of the output is 1', difference: Math.abs(meanSquare(y) - 1), tolerance: 1e-6},
    {claim: 'it keeps the direction of x: 1 − cosine', difference: Math.abs(1 - dot(few, y) / lengthOf(few) / lengthOf(y)), tolerance: 1e-6},
    {claim: 'x times 1000 gives the same, if ε = 0', difference: differenceOf(norm(few.map(value => 1000 * value)), y), tolerance: 1e-6},
    {
      claim: 'LayerNorm is RMSNorm of x without its mean',
      difference: differenceOf(lab.ops.run('layer_norm_8', few, ones), lab.ops.run(KERNELS['1e-5'], few.map(value => value - mean), ones)),
      tolerance: 1e-6
    },
    {
      claim: 'LayerNorm’s kernel gives its formula',
      difference: differenceOf(lab.ops.run('layer_norm_8', few, ones), layerNorm(few, ones, eps)),
      tolerance: 1e-6
    },
    {
      claim: 'dividing after a product gives what dividing before it gives (norm-into-linear)',
      difference: differenceOf(late, lab.ops.run('linear_up', full, up)),
      tolerance: 1e-5
    },
  ];
}

export function rmsExercises(lab) {
  const norm = (x, eps = '1e-5', gain = ones) => lab.ops.run(KERNELS[eps], x, gain), few = drawn(8, 11);
  const change = () => differenceOf(norm(few.map(value => 1000 * value)), norm(few));
  const kindOf = y => Number.isNaN(y[0]) ? 'nan' : y[0] === 0 ? 'zero' : 'one';
  const triangle = [3, 4, 0, 0, 0, 0, 0, 0];
  return [
    {
      id: 'rms-scale',
      kind: 'choose',
      text: 'All numbers of x are multiplied by 1000, with ε = 10⁻⁵. The output…',
      options: [['grows', 'grows 1000 times'], ['stays', 'stays the same to four digits'], ['shrinks', 'shrinks 1000 times']],
      truth: () => {
        const ratio = lengthOf(norm(few.map(value => 1000 * value))) / lengthOf(norm(few));
        return ratio > 10 ? 'grows' : ratio < 0.1 ? 'shrinks' : 'stays';
      },
      explain: () => `The kernel’s outputs differ by ${change().toExponential(1)} of the greatest: only ε sees the scale of x.`
    },
    {
      id: 'rms-zero',
      kind: 'choose',
      text: 'x is all zeros, as a token that nothing was added to, and ε = 10⁻⁵. The output is…',
      options: [['one', 'all ones'], ['nan', 'not a number'], ['zero', 'all zeros']],
      truth: () => kindOf(norm(ones.map(() => 0))),
      explain: () => `The kernel gives ${norm(ones.map(() => 0))[0]}; with ε = 0 it gives ${
        norm(ones.map(() => 0), '0')[0]}, as 0 is multiplied by 1/√0. That is what ε is for.`
    },
    {
      id: 'rms-number',
      kind: 'number',
      text: 'x = (3, 4, 0, 0, 0, 0, 0, 0), gains 1, ε = 0. What is the first element of the output? Three digits will do.',
      tolerance: 0.003,
      truth: () => norm(triangle, '0')[0],
      hint: 'The mean is over all eight elements, zeros too.',
      explain: () => `The kernel gives ${norm(triangle, '0')[0].toFixed(4)}: 3 / √(25/8).`
    },
    {
      id: 'rms-code',
      kind: 'code',
      name: 'rmsNorm',
      tolerance: 1e-5,
      text: 'RMSNorm of a list of numbers, as the formula above says. It is judged by the kernels, on eight numbers each.',
      start: 'function rmsNorm(x, gain, eps) {\n  return x;\n}',
      cases: () => [['drawn numbers', drawn(8, 21), ones, '1e-5'], ['gains that differ', drawn(8, 22), drawn(8, 23), '1e-5'],
                    ['all zeros', ones.map(() => 0), ones, '1e-5'], ['ε = 1', drawn(8, 24), ones, '1'],
                    ['numbers of 10⁻⁴', drawn(8, 25).map(value => value * 1e-4), ones, '1e-2']]
                     .map(([label, x, gain,
                            eps]) => ({label, input: [x.map(Math.fround), gain.map(Math.fround), Number(eps)], expected: norm(x, eps, gain)}))
    },
  ];
}
