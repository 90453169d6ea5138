// The page of rotary embedding: three panes.
import {choice, make, table} from '../../report/page/dom.mjs';
import {caption, slider, tools} from './controls.mjs';
import {differenceOf, dot, drawn, frequencyOf, lengthOf, pairAt, rope, scaledFrequency} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {Pane} from './panes.mjs';

const WORDS = {q: 'llama', k: 'wool'};
const FURTHEST = 63;
const TABLES = {rotary_table: 'this model’s, llama3 scaling', rotary_table_unscaled: 'θ of this model, unscaled', rotary_table_10000: 'θ = 10 000', rotary_table_100: 'θ = 100'};

// A word's two numbers in pair `pair` of a vector, through the kernels at `position`.
function turn(lab, word, position, {pair, layout, table: name}) {
  const size = lab.sizes.headDim, [a, b] = pairAt(pair, size, layout), x = new Float32Array(size);
  [x[a], x[b]] = word;
  const [cos, sin] = lab.ops.run(name, position);
  const y = lab.ops.run(layout === 'half' ? 'rope_1' : 'rope_1_interleaved', x, cos, sin);
  return {turned: [y[a], y[b]], vector: [cos[pair], sin[pair]]};
}

const degrees = ([ax, ay], [bx, by]) => {
  const angle = (Math.atan2(by, bx) - Math.atan2(ay, ax)) * 180 / Math.PI;
  return ((angle % 360) + 540) % 360 - 180;
};
const sum = ([a, b], [c, d]) => [a + c, b + d];

function rotaryPicture(lab) {
  const state = {words: {q: [1.1, 0.35], k: [0.35, 1.15]}, m: 4, n: 9, pair: 2, layout: 'half', table: 'rotary_table'};
  const facts = make('div', {class: 'facts-of'});
  const words = new Pane('the words as vectors: drag them', WORDS, (id, x, y) => { state.words[id] = [x, y]; show(); });
  const vectors = new Pane('the rotary vector of each position', WORDS), turned = new Pane('the rotated words', WORDS);
  const added = new Pane('the words with an absolute vector added', WORDS);
  function show() {
    const {q, k} = state.words, one = turn(lab, q, state.m, state), other = turn(lab, k, state.n, state);
    words.update({q, k});
    vectors.update({q: one.vector, k: other.vector});
    turned.update({q: one.turned, k: other.turned});
    const half = vector => vector.map(value => value / 2), plus = {q: sum(q, half(one.vector)), k: sum(k, half(other.vector))};
    added.update(plus);
    const row = (name, a, b) => [name, `${lengthOf(a).toFixed(3)}, ${lengthOf(b).toFixed(3)}`, `${degrees(a, b).toFixed(1)}°`, dot(a, b).toFixed(4)];
    facts.replaceChildren(table('lengths, angle and product', ['', 'lengths of llama, wool', 'angle between', 'product'],
      [row('words', q, k), row('rotated by their positions', one.turned, other.turned), row('with an absolute vector added', plus.q, plus.k)]));
  }
  const place = (key, label, value) => slider(label, {min: 0, max: FURTHEST, value, name: key === 'm' ? 'q' : 'k'}, next => { state[key] = next; show(); });
  const m = place('m', 'position of llama', state.m), n = place('n', 'position of wool', state.n);
  const move = by => {
    const step = Math.max(-Math.min(state.m, state.n), Math.min(FURTHEST - Math.max(state.m, state.n), by));
    state.m += step;
    state.n += step;
    m.set(state.m);
    n.set(state.n);
    show();
  };
  const both = make('span', {class: 'group', role: 'group', 'aria-label': 'move both'}, make('span', {class: 'label', text: 'move both'}),
    [[-10, '−10'], [-1, '−1'], [1, '+1'], [10, '+10']].map(([by, text]) => make('button', {text, 'aria-label': `move both by ${text}`, onclick: () => move(by)})));
  const controls = make('div', {}, tools(m, n, both), tools(
    slider('pair', {min: 0, max: lab.sizes.headDim / 2 - 1, value: state.pair}, value => { state.pair = value; show(); }),
    choice('layout', [['half', 'half: i and i + E/2'], ['interleaved', 'interleaved: 2i and 2i + 1']], state.layout, value => { state.layout = value; show(); }),
    choice('frequencies', Object.entries(TABLES), state.table, value => { state.table = value; show(); })));
  show();
  return {controls, picture: make('div', {}, make('div', {class: 'panes'},
    caption(words.svg, [make('b', {text: 'Words. '}), 'Two numbers each, wherever they stand. Drag their tips, or use the arrow keys.']),
    caption(vectors.svg, [make('b', {text: 'Rotary vectors. '}), '(cos φ, sin φ) of each position, from ', make('code', {text: 'cria.rotary_table'}), '.']),
    caption(turned.svg, [make('b', {text: 'Rotated words. '}), 'What ', make('code', {text: 'cria.rope'}), ' makes, to the same scale: lengths stay.'])), facts),
    notes: [make('details', {class: 'contrast', open: true}, make('summary', {text: 'For contrast: absolute vectors, which are added'}),
      make('div', {class: 'contrastpane'}, caption(added.svg, 'The same words with half the vector of their position added, as in the first Transformer (there with fixed or learnt vectors). Move both, and watch lengths, angle and product change.')))]};
}

function rotaryChecks(lab) {
  const size = lab.sizes.headDim, x = drawn(size, 5), y = drawn(size, 6), pairs = Array.from({length: size / 2}, (_, i) => i);
  const at = (vector, position, layout = 'rope_1') => lab.ops.run(layout, vector, ...lab.ops.run('rotary_table', position));
  const frequencies = pairs.map(i => scaledFrequency(frequencyOf(i, size, lab.sizes.theta), lab.sizes.scaling)), angles = frequencies.map(f => 300 * f);
  const product = (m, n) => dot(at(x, m), at(y, n));
  const shuffle = vector => vector.map((_, i) => vector[i % 2 * size / 2 + (i >> 1)]);
  return [
    {claim: 'the table holds cos and sin of position · frequency, at position 300', difference: differenceOf(lab.ops.run('rotary_table', 300)[0], angles.map(Math.cos)), tolerance: 1e-6},
    {claim: 'the kernel gives the formula, layout half', difference: differenceOf(at(x, 300), rope(x, angles, 'half')), tolerance: 1e-6},
    {claim: 'the kernel gives the formula, layout interleaved', difference: differenceOf(at(x, 300, 'rope_1_interleaved'), rope(x, angles, 'interleaved')), tolerance: 1e-6},
    {claim: 'a rotated vector keeps its length', difference: Math.abs(lengthOf(at(x, 300)) / lengthOf(x) - 1), tolerance: 1e-6},
    {claim: 'moving both words by 100 keeps their product', difference: Math.abs(product(104, 109) - product(4, 9)) / lengthOf(x) / lengthOf(y), tolerance: 1e-5},
    {claim: 'the two layouts are one map of elements in another order', difference: differenceOf(at(shuffle(x), 300, 'rope_1_interleaved'), shuffle(Array.from(at(x, 300)))), tolerance: 0},
  ];
}

function rotaryExercises(lab) {
  const state = {pair: 2, layout: 'half', table: 'rotary_table'}, words = [[1.1, 0.35], [0.35, 1.15]];
  const product = (m, n) => dot(turn(lab, words[0], m, state).turned, turn(lab, words[1], n, state).turned);
  const slowest = () => { const [, sin] = lab.ops.run('rotary_table', 1); return sin[0] < sin.at(-1) ? 'first' : 'last'; };
  const first = () => turn(lab, [1, 0], 2, {...state, pair: 0}).turned[0];
  const size = lab.sizes.headDim;
  return [
    {id: 'rope-both', kind: 'choose', text: 'llama stands at 4 and wool at 9. Ten words come before them, so they stand at 14 and 19. Their product…', options: [['falls', 'falls'], ['stays', 'stays as it is'], ['grows', 'grows']],
      truth: () => { const change = product(14, 19) - product(4, 9); return Math.abs(change) < 1e-5 ? 'stays' : change < 0 ? 'falls' : 'grows'; },
      explain: () => `The kernels give ${product(4, 9).toFixed(6)} before and ${product(14, 19).toFixed(6)} after: only the distance of 5 counts.`},
    {id: 'rope-slow', kind: 'choose', text: 'Which pair turns slowest from word to word?', options: [['first', 'pair 0'], ['last', `pair ${size / 2 - 1}`], ['same', 'all turn alike']], truth: slowest,
      explain: () => { const [, sin] = lab.ops.run('rotary_table', 1); return `At position 1 the table has sines of ${sin[0].toFixed(3)} for pair 0 and ${sin.at(-1).toExponential(1)} for the last.`; }},
    {id: 'rope-number', kind: 'number', text: 'Pair 0 turns by one radian a word. A word with (1, 0) in it stands at position 2. What is its first number after the rotation? Three digits will do.', tolerance: 0.003,
      truth: first, hint: 'It is a cosine, of an angle in radians.', explain: () => `The kernel gives ${first().toFixed(4)}: cos 2.`},
    {id: 'rope-code', kind: 'code', name: 'rope', tolerance: 1e-5, text: 'Rotate all pairs of a vector, for both layouts. cos and sin have one number a pair; layout is "half" or "interleaved".',
      start: 'function rope(x, cos, sin, layout) {\n  const y = x.slice(), pairs = x.length / 2;\n  return y;\n}',
      cases: () => [['half', 0], ['half', 17], ['interleaved', 17], ['half', 400], ['interleaved', 400]].map(([layout, position], i) => {
        const x = drawn(size, 30 + i), [cos, sin] = lab.ops.run('rotary_table', position);
        return {label: `${layout}, position ${position}`, input: [x, Array.from(cos), Array.from(sin), layout], expected: lab.ops.run(layout === 'half' ? 'rope_1' : 'rope_1_interleaved', x, cos, sin)};
      })},
  ];
}

export const rotaryPage = {id: 'rotary', name: 'Rotary embedding', build: lab => lesson(lab, {
  title: 'Rotary embedding', ...rotaryPicture(lab), checks: () => rotaryChecks(lab), exercises: rotaryExercises(lab),
  claim: ['Where a word stands is an angle: rotary embedding turns each pair of numbers by an angle that grows with the position. Move two words together, and their angle and product stay as they are.'],
  formulas: ["a ′ = a cos φ − b sin φ", "b ′ = b cos φ + a sin φ", 'φ = m · θ^{−2 i / E}'],
  where: [['m is the position, i the number of the pair, E the size of a head: ', make('b', {text: String(lab.sizes.headDim)}), ' in this model, so there are ', make('b', {text: String(lab.sizes.headDim / 2)}), ' pairs.'],
    [`θ = ${lab.sizes.theta.toLocaleString('en')} in this model, whose low frequencies are also rescaled.`],
    ['Queries and keys are rotated, values are not: positions decide what is attended to, not what is read there (Su et al. 2021).'],
    ['Checkpoints of Hugging Face pair i with i + E/2 (half), Meta’s own pair 2i with 2i + 1 (interleaved).']],
  sources: [['Rope.td', 'RotaryTable', 'rotaryTable'], ['Rope.td', 'Rope', 'rope']], ops: ['rope', 'rotary_table'],
  breaks: ['shifted', 'layout', 'still', 'keys', 'unscaled'], breakText: 'Move all words by 100 positions: the text is the same, as the claim says. Then take the wrong layout, give all words one angle, leave the keys as they are, or leave out llama3’s scaling.',
})};
