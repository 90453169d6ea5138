// The page of rotary embedding: three panes.
import {choice, make, table} from '../../report/page/dom.mjs';

import {absolutePanes} from './contrast.mjs';
import {caption, slider, tools} from './controls.mjs';
import {dot, lengthOf} from './formula.mjs';
import {layoutRows} from './layouts.mjs';
import {lesson} from './lesson.mjs';
import {Pane} from './panes.mjs';
import {rotaryChecks, rotaryExercises, turn} from './rotary-exercises.mjs';

const WORDS = {
  q: 'llama',
  k: 'wool'
};

const FURTHEST = 63;
const TABLES = {
  rotary_table: 'this model’s, llama3 scaling',
  rotary_table_unscaled: 'θ of this model, unscaled',
  rotary_table_10000: 'θ = 10 000',
  rotary_table_100: 'θ = 100'
};

const degrees = ([ax, ay], [bx, by]) => {
  const angle = (Math.atan2(by, bx) - Math.atan2(ay, ax)) * 180 / Math.PI;
  return ((angle % 360) + 540) % 360 - 180;
};

function rotaryPicture(lab) {
  const state = {words: {q: [1.1, 0.35], k: [0.35, 1.15]}, m: 4, n: 9, pair: 2, layout: 'half', table: 'rotary_table', before: null};
  const facts = make('div', {class: 'facts-of'});
  const words = new Pane('the words as vectors: drag them', WORDS, (id, x, y) => {
    state.words[id] = [x, y];
    show();
  });
  const vectors = new Pane('the rotary vector of each position', WORDS), turned = new Pane('the rotated words', WORDS);
  const contrast = absolutePanes(WORDS);
  const layouts = make('div', {});
  function show() {
    const {q, k} = state.words, one = turn(lab, q, state.m, state), other = turn(lab, k, state.n, state);
    words.update({q, k});
    vectors.update({q: one.vector, k: other.vector});
    turned.update({q: one.turned, k: other.turned});
    const plus = contrast.update({q, k}, {q: one.vector, k: other.vector});
    const rows = [['words', q, k], ['rotated by their positions', one.turned, other.turned], ['with an absolute vector added', plus.q, plus.k]];
    state.products = rows.map(([, a, b]) => dot(a, b).toFixed(4));
    layouts.replaceChildren(layoutRows(lab.sizes.headDim, state.pair, state.layout));
    facts.replaceChildren(table(
      'product, angle and lengths', ['', 'product', 'before both moved', 'angle between', 'lengths of llama, wool'],
      rows.map(
        ([name, a, b], i) =>
          [name, state.products[i], state.before?.[i] ?? '–', `${degrees(a, b).toFixed(1)}°`,
           `${lengthOf(a).toFixed(3)}, ${lengthOf(b).toFixed(3)}`])));
    state.before = null;
  }
  const place = (key, label, value) => slider(label, {min: 0, max: FURTHEST, value, name: key === 'm' ? 'q' : 'k'}, next => {
    state[key] = next;
    show();
  });
  const m = place('m', 'position of llama', state.m), n = place('n', 'position of wool', state.n);
  const move = by => {
    const step = Math.max(-Math.min(state.m, state.n), Math.min(FURTHEST - Math.max(state.m, state.n), by));
    state.before = state.products;
    state.m += step;
    state.n += step;
    m.set(state.m);
    n.set(state.n);
    show();
  };
  const both = make('span', {class: 'group', role: 'group', 'aria-label': 'move both'}, make('span', {class: 'label', text: 'move both'}), [
    [-10, '−10'], [-1, '−1'], [1, '+1'], [10, '+10']
  ].map(([by, text]) => make('button', {text, 'aria-label': `move both by ${text}`, onclick: () => move(by)})));
  const controls = make(
    'div', {}, tools(m, n, both),
    tools(slider('pair', {min: 0, max: lab.sizes.headDim / 2 - 1, value: state.pair}, value => {
            state.pair = value;
            show();
          }), choice('layout', [['half', 'half: i and i + E/2'], ['interleaved', 'interleaved: 2i and 2i + 1']], state.layout, value => {
            state.layout = value;
            show();
          }), choice('frequencies', Object.entries(TABLES), state.table, value => {
            state.table = value;
            show();
          })));
  show();
  return {
    controls,
    picture: make(
      'div', {},
      make(
        'div', {class: 'panes'},
        caption(words.svg, [make('b', {text: 'Words. '}), 'Two numbers each, wherever they stand. Drag their tips, or use the arrow keys.']),
        caption(
          vectors.svg,
          [make('b', {text: 'Rotary vectors. '}), '(cos φ, sin φ) of each position, from ', make('code', {text: 'cria.rotary_table'}), '.']),
        caption(
          turned.svg,
          [make('b', {text: 'Rotated words. '}), 'What ', make('code', {text: 'cria.rope'}), ' makes, to the same scale: lengths stay.'])),
      facts),
    notes: [
      make(
        'div', {class: 'wide'}, make('h3', {text: 'Which numbers are a pair'}),
        caption(
          layouts,
          `All ${
            lab.sizes.headDim} numbers of a head, with the pair that each is in. The two of the chosen pair are those in the panes; the kernel that ran has the layout in bold. Weights are trained for one of the two, and wrong for the other.`)),
      ...contrast.elements
    ]
  };
}

export const rotaryPage = {
  id: 'rotary',
  name: 'Rotary embedding',
  build: lab => lesson(lab, {
    title: 'Rotary embedding',
    ...rotaryPicture(lab),
    checks: () => rotaryChecks(lab),
    exercises: rotaryExercises(lab),
    claim: [
      'Where a word stands is an angle: rotary embedding turns each pair of numbers by an angle that grows with the position. Move two words together, and their angle and product stay as they are.'
    ],
    formulas: ['a ′ = a cos φ − b sin φ', 'b ′ = b cos φ + a sin φ', 'φ = m · θ^{−2 i / E}'],
    where: [
      [
        'm is the position, i the number of the pair, E the size of a head: ', make('b', {text: String(lab.sizes.headDim)}),
        ' in this model, so there are ', make('b', {text: String(lab.sizes.headDim / 2)}), ' pairs.'
      ],
      [`θ = ${lab.sizes.theta.toLocaleString('en')} in this model, whose low frequencies are also rescaled.`],
      ['Queries and keys are rotated, values are not: positions decide what is attended to, not what is read there (Su et al. 2021).'],
      ['Checkpoints of Hugging Face pair i with i + E/2 (half), Meta’s own pair 2i with 2i + 1 (interleaved).']
    ],
    sources: [['Rope.td', 'RotaryTable', 'rotaryTable'], ['Rope.td', 'Rope', 'rope']],
    ops: ['rope', 'rope_interleaved', 'rotary_table'],
    breaks: ['shifted', 'layout', 'still', 'keys', 'unscaled'],
    breakText:
      'Move all words by 100 positions: the text is the same, as the claim says. Then take the wrong layout, give all words one angle, leave the keys as they are, or leave out llama3’s scaling.',
  })
};
