// The page of the whole model, with the reader's own text.
import {make} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';
import {slider, tools} from './controls.mjs';
import {differenceOf} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {readAll} from './reading.mjs';

const FIRST_PROMPT = 'Once upon a time, Mia lost her blue kite. She looked';
const LONGEST_TEXT = 120; // tokens that are made

// Probabilities of all tokens, at a temperature above 0.
export function oddsOf(logits, temperature) {
  const top = logits.reduce((most, logit) => Math.max(most, logit), -Infinity), weights = Array.from(logits, logit => Math.exp((logit - top) / temperature));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / all);
}

// The token at which the sum of `odds` passes `draw`, in [0, 1).
export function pickToken(odds, draw) {
  let sum = 0;
  const found = odds.findIndex(share => (sum += share) > draw);
  return found < 0 ? odds.indexOf(Math.max(...odds)) : found;
}

const likeliest = odds => odds.map((share, id) => [share, id]).sort(([a], [b]) => b - a).slice(0, 6);

function wholePicture(lab, model) {
  const state = {temperature: 0, run: 0}, text = make('p', {class: 'writing', role: 'status'}), odds = make('div', {class: 'odds'}), speed = make('p', {class: 'soft'});
  const prompt = make('textarea', {rows: 3, 'aria-label': 'your text', spellcheck: 'false'});
  prompt.value = FIRST_PROMPT;
  const showOdds = logits => odds.replaceChildren(...likeliest(oddsOf(logits, state.temperature || 1)).map(([share, id]) =>
    make('div', {class: 'odd'}, make('code', {text: JSON.stringify(lab.tokenizer.name(id))}), make('span', {class: 'oddbar', style: `--share: ${(100 * share).toFixed(1)}%`}), make('span', {class: 'oddshare', text: `${(100 * share).toFixed(1)}%`}))));
  async function go() {
    const run = ++state.run, {max_seq: most} = model.facts, made = [];
    const ids = lab.tokenizer.encode(prompt.value).slice(0, most - LONGEST_TEXT);
    model.reset();
    let logits = model.append(ids), spent = 0;
    showOdds(logits);
    const ends = new Set(model.facts.eos);
    for (let count = 0; count < LONGEST_TEXT; count++) {
      const shares = state.temperature ? oddsOf(logits, state.temperature) : Array.from(logits), next = state.temperature ? pickToken(shares, Math.random()) : shares.indexOf(Math.max(...shares));
      if (ends.has(next)) break;
      made.push(next);
      const began = performance.now();
      logits = model.append([next]);
      spent += performance.now() - began;
      if (count % 10 === 9) {
        text.textContent = prompt.value + lab.tokenizer.decode(made);
        await new Promise(resolve => setTimeout(resolve));
        if (run !== state.run) return; // it was begun anew
      }
    }
    text.textContent = prompt.value + lab.tokenizer.decode(made);
    speed.textContent = `${ids.length} tokens read, ${made.length} made${spent >= 5 ? `, ${asCount(Math.round(1e3 * made.length / spent))} a second` : ''}. The odds are those of the first one made.`;
  }
  const controls = make('div', {}, prompt, tools(make('button', {class: 'write', text: 'continue it', onclick: go}), slider('temperature', {min: 0, max: 2, step: 0.1, value: 0, show: value => value === 0 ? '0: the likeliest' : value.toFixed(1)}, value => { state.temperature = value; })));
  go();
  return {controls, picture: make('div', {class: 'wide'}, text, speed, make('h3', {text: 'The odds of the next token'}), odds)};
}

function wholeChecks(lab, fresh) {
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

function wholeExercises(lab) {
  const logitsAt = text => { lab.compiled.reset(); return lab.compiled.append(lab.tokenizer.encode(text)).slice(); };
  const entropy = temperature => oddsOf(logitsAt(FIRST_PROMPT), temperature).reduce((sum, share) => share ? sum - share * Math.log2(share) : sum, 0);
  const count = () => lab.compiled.facts.params.reduce((sum, {shape, count: times}) => sum + times * shape.reduce((product, size) => product * size, 1), 0);
  return [
    {id: 'whole-hot', kind: 'choose', text: 'The temperature rises from 0.5 to 1.5. The likeliest token becomes…', options: [['more', 'likelier'], ['less', 'less likely'], ['same', 'neither']],
      truth: () => { const [cool, hot] = [0.5, 1.5].map(t => Math.max(...oddsOf(logitsAt(FIRST_PROMPT), t))); return hot < cool ? 'less' : hot > cool ? 'more' : 'same'; },
      explain: () => `After the text above, the choice is worth ${entropy(0.5).toFixed(2)} bits at 0.5 and ${entropy(1.5).toFixed(2)} bits at 1.5.`},
    {id: 'whole-weights', kind: 'number', text: 'How many weights has the model? Its embedding is its head, too. Two digits will do.', tolerance: 0.02, truth: count, hint: `${asCount(lab.sizes.vocab)} tokens of ${lab.sizes.hidden} numbers, and ${lab.sizes.layers} blocks (the page “A block” counts one).`, explain: () => `${asCount(count())}, by what the compiler says of its parameters.`},
    {id: 'whole-code', kind: 'code', name: 'odds', tolerance: 1e-4, text: 'The odds of all tokens, given their logits and a temperature: softmax of logits / temperature. The compiled softmax judges it.', start: 'function odds(logits, temperature) {\n  return logits;\n}',
      cases: () => [['the model’s logits', 0, 1], ['temperature 0.5', 0, 0.5], ['temperature 2', 0, 2], ['logits 1000 higher', 1000, 1]].map(([label, more, temperature]) => {
        const {heads, cacheRows} = lab.sizes, logits = Array.from(logitsAt(FIRST_PROMPT).subarray(0, 200), value => Math.fround(value + more)), padded = new Float32Array(heads * cacheRows);
        padded.set(logits.map(value => value / temperature));
        return {label: `${label}, 200 tokens`, input: [logits, temperature], expected: lab.ops.run('softmax', padded, 199).slice(0, 200)};
      })},
  ];
}

export const wholePage = {id: 'whole', name: 'The whole', build: async lab => {
  const [own, fresh] = [await lab.compiledModel(), await lab.compiledModel()];
  return lesson(lab, {
    title: 'The whole model', ...wholePicture(lab, own), checks: () => wholeChecks(lab, fresh), exercises: wholeExercises(lab),
    claim: ['Tokens in, odds of the next token out: an embedding, blocks, a last norm, and a product with all embeddings again. This page runs all of it, compiled by Cria to WebAssembly, on your own text.'],
    formulas: ['logits = W · norm ( block_L ( … block_1 ( W_{token} ) ) )', 'p_i = \\frac{e^{logits_i / T}}{\\sum_j e^{logits_j / T}}'],
    where: [['W is the table of embeddings: ', make('b', {text: `${asCount(lab.sizes.vocab)} tokens`}), ` of ${lab.sizes.hidden} numbers, used at both ends.`], ['T is the temperature. At 0 the likeliest token is taken.'], ['The model was trained on small generated stories only, and knows nothing else (models/stories).']],
    sources: [['Linear.td', 'Linear', 'linear'], ['Softmax.td', 'Softmax', 'softmax']], ops: ['norm_linear', 'softmax'],
    breaks: ['still', 'late', 'norm', 'modulo', 'layout', 'scale', 'relu'], breakText: 'One fault at a time. Before you look at the list: which of them would you find by reading the text, and which only by counting what is recalled?',
  });
}};
