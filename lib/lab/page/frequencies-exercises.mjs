// Checks and exercises of the page of frequencies and llama3's rescaling of them.
import {table} from '../../report/page/dom.mjs';

import {differenceOf, frequencyOf, scaledFrequency} from './formula.mjs';

export const bandOf = (frequency, {low, high, context}) => {
  const turns = context * frequency / (2 * Math.PI);
  return turns > high ? 'kept' : turns < low ? 'divided' : 'blended';
};

// Frequencies of all pairs by a compiled table: sines at position 1 are small, so their angles are exact.
function compiledFrequencies(lab, name) {
  const [cos, sin] = lab.ops.run(name, 1);
  return Array.from(cos, (value, i) => Math.atan2(sin[i], value));
}

export function frequencyChecks(lab) {
  const {headDim, theta, scaling} = lab.sizes, plain = Array.from({length: headDim / 2}, (_, i) => frequencyOf(i, headDim, theta));
  const [unscaled, scaled] = ['rotary_table_unscaled', 'rotary_table'].map(name => compiledFrequencies(lab, name));
  const relative = (found, expected) => Math.max(...found.map((value, i) => Math.abs(value / expected[i] - 1)));
  const inBand = band => plain.flatMap((f, i) => bandOf(f, scaling) === band ? [i] : []), pick = (all, places) => places.map(i => all[i]);
  return [
    {claim: 'the unscaled table has frequencies θ^(−2i/E), of every pair', difference: relative(unscaled, plain), tolerance: 1e-6},
    {
      claim: 'the model’s table has them rescaled by the formula',
      difference: relative(scaled, plain.map(f => scaledFrequency(f, scaling))),
      tolerance: 1e-6
    },
    {
      claim: 'pairs of short waves are exactly as they were',
      difference: differenceOf(pick(scaled, inBand('kept')), pick(unscaled, inBand('kept'))),
      tolerance: 0
    },
    {
      claim: `pairs of long waves turn ${scaling.factor} times slower`,
      difference: relative(pick(scaled, inBand('divided')).map(f => f * scaling.factor), pick(unscaled, inBand('divided'))),
      tolerance: 1e-6
    },
    {
      claim: 'with θ = 10 000 the frequencies are those of that θ',
      difference: relative(compiledFrequencies(lab, 'rotary_table_10000'), plain.map((_, i) => frequencyOf(i, headDim, 1e4))),
      tolerance: 1e-6
    },
  ];
}

export function frequencyExercises(lab) {
  const {headDim, scaling} = lab.sizes, tables = () => ['rotary_table_unscaled', 'rotary_table'].map(name => compiledFrequencies(lab, name));
  const divided = () => {
    const [plain, scaled] = tables();
    return plain.filter((f, i) => Math.abs(f / scaled[i] / scaling.factor - 1) < 1e-4).length;
  };
  const leftAlone = () => {
    const [plain, scaled] = tables(), same = plain.map((f, i) => f === scaled[i]);
    return same[0] ? 'fast' : same.at(-1) ? 'slow' : 'none';
  };
  const wave = () => 2 * Math.PI / compiledFrequencies(lab, 'rotary_table')[0];
  const given = [[8, 1, 4, 256], [8, 1, 4, 8192], [32, 1, 4, 8192]];
  return [
    {
      id: 'freq-which',
      kind: 'choose',
      text: 'llama3 scaling is to make a context longer. Which pairs does it leave alone?',
      options: [['fast', 'those that turn fast'], ['slow', 'those that turn slowly'], ['none', 'none']],
      truth: leftAlone,
      explain: () => `${headDim / 2 - divided()} of ${
        headDim / 2} pairs of the compiled table are not divided, the fast ones: they tell neighbours apart, at any length.`
    },
    {
      id: 'freq-wave',
      kind: 'number',
      text: 'After how many tokens has pair 0 turned once? Three digits will do.',
      tolerance: 0.003,
      truth: wave,
      hint: 'It turns by one radian a token.',
      explain: () => `${wave().toFixed(4)}, by the compiled table: 2π.`
    },
    {
      id: 'freq-divided',
      kind: 'number',
      text: `How many of the ${headDim / 2} pairs of this model are divided by the whole factor of ${scaling.factor}? The original context is ${
        scaling.context}.`,
      truth: divided,
      hint: 'Those whose wave is longer than the original context. The table above counts them.',
      explain: () => `${divided()}, by comparing two compiled tables.`
    },
    {
      id: 'freq-code',
      kind: 'code',
      name: 'rescale',
      tolerance: 1e-5,
      text:
        'Rescale a list of frequencies, in radians a token. The first case is judged by the table that this model was compiled with, the others by the formula that it is checked with above.',
      start: 'function rescale(frequencies, factor, low, high, context) {\n  return frequencies;\n}',
      cases: () => given.map(([factor, low, high, context], i) => {
        const plain = Array.from({length: headDim / 2}, (_, pair) => frequencyOf(pair, headDim, lab.sizes.theta)),
              settings = {factor, low, high, context};
        const own = Object.keys(settings).every(key => settings[key] === scaling[key]);
        return {
          label: `factor ${factor}, context ${context}${own ? ', the compiled table' : ''}`,
          input: [plain, factor, low, high, context],
          expected: own ? compiledFrequencies(lab, 'rotary_table') : plain.map(f => scaledFrequency(f, settings))
        };
      })
    },
  ];
}
