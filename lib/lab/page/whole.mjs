// The page of the whole model, with the reader's own text.
import {make} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';

import {greedy} from '../../web/model.mjs';

import {attentionView} from './attention.mjs';
import {slider, tools} from './controls.mjs';
import {lesson} from './lesson.mjs';
import {FIRST_PROMPT, oddsOf, wholeChecks, wholeExercises} from './whole-exercises.mjs';

const LONGEST_TEXT = 120; // tokens that are made
const TOKENS_AT_ONCE = 10; // before they are shown

// The token at which the sum of `odds` passes `draw`, in [0, 1).
export function pickToken(odds, draw) {
  let sum = 0;
  const found = odds.findIndex(share => (sum += share) > draw);
  return found < 0 ? odds.indexOf(Math.max(...odds)) : found;
}

// The next token: the likeliest at temperature 0, else one that is drawn.
const nextToken = (logits, temperature) => temperature ? pickToken(oddsOf(logits, temperature), Math.random()) : greedy(logits);

function wholePicture(lab, model) {
  const state = {temperature: 0, run: 0}, text = make('p', {class: 'writing', role: 'status'}), odds = make('div', {class: 'odds'}),
        speed = make('p', {class: 'soft speed'}), attention = attentionView(lab);
  const prompt = make('textarea', {rows: 3, 'aria-label': 'your text', spellcheck: 'false'});
  prompt.value = FIRST_PROMPT;
  const showOdds = logits => odds.replaceChildren(...likeliest(oddsOf(logits, state.temperature || 1))
                                                    .map(
                                                      ([share, id]) => make(
                                                        'div', {class: 'odd'}, make('code', {text: JSON.stringify(lab.tokenizer.name(id))}),
                                                        make('span', {class: 'oddbar', style: `--share: ${(100 * share).toFixed(1)}%`}),
                                                        make('span', {class: 'oddshare', text: `${(100 * share).toFixed(1)}%`}))));
  async function go() {
    const run = ++state.run, {max_seq: most} = model.facts, made = [];
    const ids = lab.tokenizer.encode(prompt.value).slice(0, most - LONGEST_TEXT);
    model.reset();
    let logits = model.append(ids), spent = 0;
    showOdds(logits);
    const ends = new Set(model.facts.eos);
    for (let ended = false; !ended && made.length < LONGEST_TEXT;) {
      const began = performance.now();
      for (let i = 0; i < TOKENS_AT_ONCE; i++) {
        const next = nextToken(logits, state.temperature);
        ended = ends.has(next);
        if (ended) break;
        made.push(next);
        logits = model.append([next]);
      }
      spent += performance.now() - began;
      text.textContent = prompt.value + lab.tokenizer.decode(made);
      await new Promise(resolve => setTimeout(resolve));
      if (run !== state.run) return; // it was begun anew
    }
    attention.read([...ids, ...made], ids.length - 1);
    speed.textContent = `${ids.length} tokens read, ${made.length} made${
      spent >= 5 ? `, ${asCount(Math.round(1e3 * made.length / spent))} a second` : ''}. The odds are those of the first one made.`;
  }
  const controls = make(
    'div', {}, prompt,
    tools(
      make('button', {class: 'write', text: 'continue it', onclick: go}),
      slider('temperature', {min: 0, max: 2, step: 0.1, value: 0, show: value => value === 0 ? '0: the likeliest' : value.toFixed(1)}, value => {
        state.temperature = value;
      })));
  go();
  return {controls, picture: make('div', {class: 'wide'}, text, speed, make('h3', {text: 'The odds of the next token'}), odds,
                                                     make('h3', {text: 'Attention over the text'}), attention.element)};
}

export const wholePage = {
  id: 'whole',
  name: 'The whole',
  build: async lab => {
    const [own, fresh] = [await lab.compiledModel(), await lab.compiledModel()];
    return lesson(lab, {
      title: 'The whole model',
      ...wholePicture(lab, own),
      checks: () => wholeChecks(lab, fresh),
      exercises: wholeExercises(lab),
      claim: [
        'Tokens in, odds of the next token out: an embedding, blocks, a last norm, and a product with all embeddings again. This page runs all of it, compiled by Cria to WebAssembly, on your own text.'
      ],
      formulas: ['logits = W · norm ( block_L ( … block_1 ( W_{token} ) ) )', 'p_i = \\frac{e^{logits_i / T}}{\\sum_j e^{logits_j / T}}'],
      where: [
        [
          'W is the table of embeddings: ', make('b', {text: `${asCount(lab.sizes.vocab)} tokens`}),
          ` of ${lab.sizes.hidden} numbers, used at both ends.`
        ],
        ['T is the temperature. At 0 the likeliest token is taken.'],
        ['The model was trained on small generated stories only, and knows nothing else (models/stories).']
      ],
      sources: [['Embed.td', 'Embed', 'embed'], ['Linear.td', 'Linear', 'linear'], ['Softmax.td', 'Softmax', 'softmax']],
      ops: ['embed', 'norm_linear', 'softmax'],
      breaks: ['still', 'late', 'norm', 'modulo', 'layout', 'scale', 'relu'],
      breakText:
        'One fault at a time. Before you look at the list: which of them would you find by reading the text, and which only by counting what is recalled?',
    });
  }
};
