// Checks and exercises of the page of the whole model.
import {choice} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';

import {differenceOf} from './formula.mjs';
import {readAll} from './reading.mjs';

export const FIRST_PROMPT = 'Once upon a time, Mia lost her blue kite. She looked';

// Probabilities of all tokens, at a temperature above 0.
export function oddsOf(logits, temperature) {
  const top = logits.reduce((most, logit) => Math.max(most, logit), -Infinity),
        weights = Array.from(logits, logit => Math.exp((logit - top) / temperature));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / all);
}

export const likeliest = odds => odds.map((share, id) => [share, id]).sort(([a], [b]) => b - a).slice(0, 6);

export function wholeChecks(lab, fresh) {
  const {compiled, tokenizer} = lab, ids = tokenizer.encode(FIRST_PROMPT), read = pieces => {
    compiled.reset();
    return pieces.reduce((_, piece) => compiled.append(piece), null).slice();
  };
  const atOnce = read([ids]), halves = read([ids.slice(0, 7), ids.slice(7)]), single = read(ids.map(id => [id]));
  const odds = oddsOf(atOnce, 0.7);
  return [
    {claim: 'a text read at once gives the logits of one read token by token', difference: differenceOf(atOnce, single), tolerance: 1e-5},
    {claim: 'a text read in two parts does too', difference: differenceOf(halves, single), tolerance: 1e-5},
    {claim: 'so does the model run op by op', difference: differenceOf(readAll(lab.model(), ids, () => {}), single), tolerance: 1e-5},
    {claim: 'what was read before a reset leaves nothing behind', difference: differenceOf(read([ids]), fresh.append(ids)), tolerance: 0},
    {claim: 'odds sum to 1', difference: Math.abs(odds.reduce((sum, share) => sum + share, 0) - 1), tolerance: 1e-9},
  ];
}

export function wholeExercises(lab) {
  const logitsAt = text => {
    lab.compiled.reset();
    return lab.compiled.append(lab.tokenizer.encode(text)).slice();
  };
  const entropy = temperature => oddsOf(logitsAt(FIRST_PROMPT), temperature).reduce((sum, share) => share ? sum - share * Math.log2(share) : sum, 0);
  const count = () =>
    lab.compiled.facts.params.reduce((sum, {shape, count: times}) => sum + times * shape.reduce((product, size) => product * size, 1), 0);
  return [
    {
      id: 'whole-hot',
      kind: 'choose',
      text: 'The temperature rises from 0.5 to 1.5. The likeliest token becomes…',
      options: [['more', 'likelier'], ['less', 'less likely'], ['same', 'neither']],
      truth: () => {
        const [cool, hot] = [0.5, 1.5].map(t => Math.max(...oddsOf(logitsAt(FIRST_PROMPT), t)));
        return hot < cool ? 'less' : hot > cool ? 'more' : 'same';
      },
      explain: () => `After the text above, the choice is worth ${entropy(0.5).toFixed(2)} bits at 0.5 and ${entropy(1.5).toFixed(2)} bits at 1.5.`
    },
    {
      id: 'whole-weights',
      kind: 'number',
      text: 'How many weights has the model? Its embedding is its head, too. Two digits will do.',
      tolerance: 0.02,
      truth: count,
      hint: `${asCount(lab.sizes.vocab)} tokens of ${lab.sizes.hidden} numbers, and ${lab.sizes.layers} blocks (the page “A block” counts one).`,
      explain: () => `${asCount(count())}, by what the compiler says of its parameters.`
    },
    {
      id: 'whole-code',
      kind: 'code',
      name: 'odds',
      tolerance: 1e-4,
      text: 'The odds of all tokens, given their logits and a temperature: softmax of logits / temperature. The compiled softmax judges it.',
      start: 'function odds(logits, temperature) {\n  return logits;\n}',
      cases: () => [['the model’s logits', 0, 1], ['temperature 0.5', 0, 0.5], ['temperature 2', 0, 2], ['logits 1000 higher', 1000, 1]].map(
        ([label, more, temperature]) => {
          const {heads, cacheRows} = lab.sizes, logits = Array.from(logitsAt(FIRST_PROMPT).subarray(0, 200), value => Math.fround(value + more)),
                        padded = new Float32Array(heads * cacheRows);
          padded.set(logits.map(value => value / temperature));
          return {label: `${label}, 200 tokens`, input: [logits, temperature], expected: lab.ops.run('softmax', padded, 199).slice(0, 200)};
        })
    },
  ];
}
