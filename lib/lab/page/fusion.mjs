// The page of fusion: all sets of fusions, as the compiler makes their kernels.
import {choice, make, table} from '../../report/page/dom.mjs';
import {kernelGraph} from '../../report/page/graph.mjs';
import {asBytes, asCount, costAt, totalCost} from '../../report/page/numbers.mjs';
import {tools} from './controls.mjs';
import {differenceOf, drawn} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {readAll, SHOWN_TEXT} from './reading.mjs';

const CONTEXTS = [0, 1024, 4096];

// Bytes that kernels write for others and read from others, in one step after `context` tokens.
export function bytesBetween(kernels, context) {
  const ids = new Set(kernels.map(({id}) => id)), step = {tokens: 1, context};
  const flows = ({reads, writes}) => [...reads.filter(({from}) => ids.has(from)), ...writes.filter(({to}) => to === 'workspace')];
  return kernels.reduce((sum, kernel) => sum + kernel.times * flows(kernel).reduce((all, {bytes}) => all + costAt(bytes, step), 0), 0);
}

// Of projections and the embedding; gains are read again by each kernel that applies them.
const weightBytes = kernels => kernels.reduce((sum, {reads, times}) => sum + times * reads.filter(({from, what}) => from === 'weights' && !what.endsWith('norm.weight')).reduce((all, {bytes}) => all + costAt(bytes, {tokens: 1, context: 0}), 0), 0);

function fusionPicture({fusions, sets}) {
  const state = {on: sets.length - 1, context: 0}, picture = make('div', {class: 'picture', tabindex: 0, role: 'region', 'aria-label': 'graph of kernels'}), facts = make('div', {}), missed = make('div', {});
  const boxes = fusions.map(({name, summary}, bit) => make('label', {class: 'switch', title: summary}, make('input', {type: 'checkbox', checked: true, onchange: event => {
    state.on = event.target.checked ? state.on | 1 << bit : state.on & ~(1 << bit);
    show();
  }}), make('code', {text: name}), make('span', {class: 'saving'})));
  const setAll = on => {
    state.on = on;
    boxes.forEach((box, bit) => { box.firstChild.checked = Boolean(on >> bit & 1); });
    show();
  };
  const paint = () => picture.replaceChildren(kernelGraph(sets[state.on].kernels, {width: Math.max(280, picture.clientWidth - 24), context: state.context, label: 'kernels of one decode step'}));
  new ResizeObserver(paint).observe(picture);
  function show() {
    const set = sets[state.on], none = sets[0], between = at => bytesBetween(sets[at].kernels, state.context);
    paint();
    boxes.forEach((box, bit) => {
      const on = state.on >> bit & 1, change = between(state.on ^ 1 << bit) - between(state.on);
      box.lastChild.textContent = on ? `saves ${asBytes(change)}` : `would save ${asBytes(-change)}`;
    });
    const row = (name, of) => [name, of(none), of(set)];
    facts.replaceChildren(table('one decode step', ['', 'no fusion', 'these'], [row('kernels that run', ({kernels}) => asCount(kernels.reduce((sum, {times}) => sum + times, 0))),
      row('bytes between kernels', ({kernels}) => asBytes(bytesBetween(kernels, state.context))), row('bytes in all', ({kernels}) => asBytes(totalCost(kernels, state.context).bytes))]));
    missed.replaceChildren(...set.remarks.length ? [make('details', {}, make('summary', {text: `${set.remarks.length} places where a fusion was not applied, and why`}), make('ul', {}, set.remarks.map(({pass, line, message}) => make('li', {text: `${pass}, ${line}: ${message}`}))))] : []);
  }
  const controls = tools(choice('tokens in the cache', CONTEXTS.map(n => [n, asCount(n)]), 0, value => { state.context = Number(value); show(); }),
    make('button', {text: 'none', onclick: () => setAll(0)}), make('button', {text: 'all', onclick: () => setAll(sets.length - 1)}));
  show();
  return {controls, picture: make('div', {class: 'fusionview'}, make('div', {class: 'switches', role: 'group', 'aria-label': 'fusions'}, boxes, facts, missed), picture)};
}

function fusionChecks(lab, {fusions, sets}) {
  const {layers, hidden, heads, headDim, ffn} = lab.sizes, all = sets.at(-1).kernels, context = 1024;
  const formula = 4 * (layers * (6 * hidden + 4 * heads * headDim + 2 * ffn + headDim) + 2 * hidden + headDim);
  const between = sets.map(({kernels}) => bytesBetween(kernels, context)), read = sets.map(({kernels}) => weightBytes(kernels));
  const steps = sets.flatMap((_, on) => fusions.flatMap((_, bit) => on >> bit & 1 ? [] : [between[on | 1 << bit] - between[on]]));
  const ids = lab.tokenizer.encode(SHOWN_TEXT);
  lab.compiled.reset();
  const x = drawn(hidden, 9), {bytes} = lab.tensor('model.layers.0.mlp.up_proj.weight'), weight = new Uint16Array(bytes.slice().buffer, 0, ffn * hidden), gain = new Uint16Array(hidden).fill(0x3fa0);
  const apart = lab.ops.run('linear_up', lab.ops.run('rms_norm', x, gain), weight);
  return [
    {claim: 'with all fusions, the bytes between kernels are those of the formula', difference: Math.abs(bytesBetween(all, 0) - formula), tolerance: 0},
    {claim: 'with all fusions, a block is 5 kernels', difference: Math.abs(all.filter(({times}) => times === layers).length - 5), tolerance: 0},
    {claim: `none of ${steps.length} ways to switch one more fusion on adds bytes between kernels`, difference: Math.max(0, ...steps), tolerance: 0},
    {claim: `all ${sets.length} sets read the same bytes of matrices of weights`, difference: Math.max(...read) - Math.min(...read), tolerance: 0},
    {claim: 'the model with all fusions gives the logits of the one run op by op', difference: differenceOf(lab.compiled.append(ids), readAll(lab.model(), ids, () => {})), tolerance: 1e-5},
    {claim: 'a norm and a projection give as one kernel what they give as two', difference: differenceOf(lab.ops.run('norm_linear', x, gain, weight), apart), tolerance: 1e-5},
  ];
}

function fusionExercises(lab, {fusions, sets}) {
  const {layers, heads, headDim, kvHeads, cacheRows} = lab.sizes, bitOf = name => 1 << fusions.findIndex(one => one.name === name);
  const saved = (name, context) => bytesBetween(sets[0].kernels, context) - bytesBetween(sets[bitOf(name)].kernels, context);
  const names = ['online-softmax', 'swiglu-into-linear', 'residual-into-linear', 'rope-into-attention'];
  const best = context => names.reduce((most, name) => saved(name, context) > saved(most, context) ? name : most);
  const block = () => sets.at(-1).kernels.filter(({times}) => times === layers).length, residual = () => saved('residual-into-linear', 0) / layers;
  return [
    {id: 'fusion-most', kind: 'choose', text: 'No fusion is on, and 4,096 tokens are in the cache. Which of these saves most bytes between kernels?', options: names.map(name => [name, name]), truth: () => best(4096),
      explain: () => `${names.map(name => `${name}: ${asBytes(saved(name, 4096))}`).join('; ')}. With an empty cache it is ${best(0)}.`},
    {id: 'fusion-kernels', kind: 'number', text: 'How many kernels is a block with all fusions?', truth: block, hint: 'A value must be written where a later kernel needs all of it: count those places.', explain: () => `${block()}: q, k and v; attention; its output; gate and up; down.`},
    {id: 'fusion-bytes', kind: 'number', text: `Both residual additions of a block are fused into the projections before them (residual-into-linear alone). A token is ${lab.sizes.hidden} numbers of four bytes. How many bytes a block are not written and not read any more?`, truth: residual,
      hint: 'Each projection’s result was written once and read once.', explain: () => `${asCount(residual())} bytes, as the compiler counts them.`},
    {id: 'fusion-code', kind: 'code', name: 'onlineMix', tolerance: 1e-5, text: 'The weighted mean of values by the softmax of scores, in one pass: keep the greatest score so far, the sum and the mix, and rescale both when a greater score comes. Kernels of softmax and mix judge it.',
      start: 'function onlineMix(scores, values) {\n  let top = -Infinity, sum = 0, mix = values[0].map(() => 0);\n  for (let j = 0; j < scores.length; j++) {\n  }\n  return mix;\n}',
      cases: () => [[1, 4], [30, 4], [30, 3000], [200, 40]].map(([rows, spread], i) => {
        const scores = new Float32Array(heads * cacheRows), values = drawn(kvHeads * cacheRows * headDim, 90 + i).map(Math.fround);
        scores.set(drawn(rows, 95 + i).map(value => spread * value));
        const mixed = lab.ops.run('mix', lab.ops.run('softmax', scores, rows - 1), values, rows - 1);
        return {label: `${rows} ${rows > 1 ? 'rows' : 'row'}, scores to ${spread}`, input: [Array.from(scores.subarray(0, rows)), Array.from({length: rows}, (_, row) => values.slice(row * headDim, (row + 1) * headDim))], expected: mixed.slice(0, headDim)};
      })},
  ];
}

export const fusionPage = {id: 'fusion', name: 'Fusion', build: async lab => {
  const study = await lab.sets();
  return lesson(lab, {
    title: 'Fusion', ...fusionPicture(study), checks: () => fusionChecks(lab, study), exercises: fusionExercises(lab, study),
    claim: ['A kernel’s boundary is memory. Two ops in one kernel hand a value on without writing it, so what a fusion saves can be counted: the bytes that no longer cross a boundary. The results stay the same, to within rounding.'],
    formulas: ['W ( g ⊙ \\frac{x}{rms ( x )} ) = \\frac{1}{rms ( x )} · W ( g ⊙ x )', '4 · ( L ( 6 D + 4 H E + 2 F + E ) + 2 D + E )'],
    where: [['The first line is why a norm can be fused: what is divided by is one number a token, and can be applied after the product.'], ['The second counts the bytes between kernels of a step with all fusions, in f32, for L layers, hidden size D, H heads of E, and F units.'], ['Online softmax rescales sum and mix as greater scores come (Milakov and Gimelshein 2018), so neither scores nor weights are written.']],
    sources: [['Linear.td', 'Linear', 'linear'], ['Norm.td', 'RmsScale', 'rmsScale']], ops: ['norm_linear', 'attend'],
    breaks: ['scale', 'gain'], breakText: 'A fusion moves things: scale-into-query the division by √E, norm-into-linear the gains. Lose what is moved, and see that such a fault can hide: text stays fluent.',
  });
}};
