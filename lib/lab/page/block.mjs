// The page of a block: the residual stream.
import {choice, draw, make, table} from '../../report/page/dom.mjs';
import {asCount} from '../../report/page/numbers.mjs';
import {continueText} from './breaks.mjs';
import {caption, legend, tools} from './controls.mjs';
import {differenceOf, drawn, lengthOf} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {readAll, SHOWN_TEXT} from './reading.mjs';

const OPENING_WORDS = 'Once upon a time';
// What adds to the stream, with its name in pictures.
const ADDS = {embed: 'embedding', add_attention: 'attention', add_mlp: 'MLP'};

// For each token the stream after each addition: [{slot, layer, x, branch}].
export function streamOf(model, ids) {
  const seen = [];
  readAll(model, ids, (slot, layer) => {
    if (slot === 'embed') seen.push([]);
    if (ADDS[slot]) seen.at(-1).push({slot, layer, x: Array.from(model.get('x')), branch: Array.from(model.get(slot === 'embed' ? 'x' : 'branch'))});
  });
  return seen;
}

// Bars of the stream's length after each addition, with what was added beside it.
function streamBars(steps) {
  const width = 640, height = 260, slot = width / steps.length, lengths = steps.map(({x, branch}) => [lengthOf(x), lengthOf(branch)]);
  const most = Math.max(...lengths.flat()), y = value => 205 - value / most * 185;
  const svg = draw('svg', {class: 'stream', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'the length of the residual stream after each addition'}, draw('path', {class: 'axis', d: `M0 205H${width}`}));
  steps.forEach(({slot: kind, layer}, i) => {
    const [all, added] = lengths[i], x = i * slot + slot * 0.14, bar = slot * 0.36;
    svg.append(draw('rect', {class: 'barof y', x, y: y(all), width: bar, height: 205 - y(all)}), draw('rect', {class: 'barof x', x: x + bar, y: y(added), width: bar, height: 205 - y(added)}),
      draw('text', {class: 'tiny', x: x + bar, y: 222, 'text-anchor': 'middle', text: ADDS[kind]}), draw('text', {class: 'tiny', x: x + bar, y: 238, 'text-anchor': 'middle', text: kind === 'embed' ? '' : `layer ${layer}`}), draw('text', {class: 'tiny', x: x + bar / 2, y: y(all) - 4, 'text-anchor': 'middle', text: all.toFixed(1)}));
  });
  return svg;
}

// Branches that are left out, as swaps of the additions.
const withoutBranches = off => Object.fromEntries(['add_attention', 'add_mlp'].map(slot => [slot, ({layer, run}) => { if (!off.has(`${slot} ${layer}`)) run(); }]));

function blockPicture(lab) {
  const {layers} = lab.sizes, ids = lab.tokenizer.encode(SHOWN_TEXT), model = lab.model(), off = new Set(), state = {token: ids.length - 1};
  const bars = make('div', {}), text = make('p', {class: 'writing', role: 'status'});
  function show() {
    model.swaps = off.size ? withoutBranches(off) : {};
    try {
      bars.replaceChildren(streamBars(streamOf(model, ids)[state.token]));
      text.textContent = OPENING_WORDS + continueText(model, lab.tokenizer, OPENING_WORDS, 32);
    } finally {
      model.swaps = {};
    }
  }
  const toggle = (slot, layer) => make('label', {class: 'switch'}, make('input', {type: 'checkbox', checked: true, onchange: event => {
    if (event.target.checked) off.delete(`${slot} ${layer}`);
    else off.add(`${slot} ${layer}`);
    show();
  }}), `${ADDS[slot]} ${layer}`);
  const controls = make('div', {}, tools(choice('token', ids.map((id, i) => [i, lab.tokenizer.name(id)]), state.token, value => { state.token = Number(value); show(); })),
    make('div', {class: 'tools', role: 'group', 'aria-label': 'branches'}, Array.from({length: layers}, (_, layer) => [toggle('add_attention', layer), toggle('add_mlp', layer)]).flat()));
  show();
  return {controls, picture: make('div', {class: 'wide'}, caption(bars, ['The stream of one token of “', SHOWN_TEXT, '”: its length after each addition, and that of what was added.', legend([['y', 'the stream'], ['x', 'what was added']])]),
    make('h3', {text: 'What the model writes with these branches'}), text)};
}

function blockChecks(lab) {
  const {hidden, layers} = lab.sizes, ids = lab.tokenizer.encode(SHOWN_TEXT), model = lab.model(), steps = streamOf(model, ids).at(-1);
  const sum = steps.reduce((all, {branch}) => all.map((value, i) => value + branch[i]), new Array(hidden).fill(0));
  const apart = steps.slice(1).map(({x, branch}, i) => differenceOf(x, steps[i].x.map((value, at) => value + branch[at])));
  lab.compiled.reset();
  const branch = drawn(hidden, 1), stream = drawn(hidden, 2), count = {};
  readAll(model, ids.slice(0, 1), slot => { count[slot] = (count[slot] ?? 0) + 1; });
  return [
    {claim: 'each residual op adds what the branch made, and nothing else', difference: Math.max(...apart), tolerance: 1e-6},
    {claim: 'in the end, the stream is the embedding plus all that was added', difference: differenceOf(steps.at(-1).x, sum), tolerance: 1e-5},
    {claim: 'the kernel adds two vectors', difference: differenceOf(lab.ops.run('residual', branch, stream), branch.map((value, i) => value + stream[i])), tolerance: 1e-6},
    {claim: `every block adds twice: ${2 * layers} additions a token`, difference: Math.abs((count.add_attention ?? 0) + (count.add_mlp ?? 0) - 2 * layers), tolerance: 0},
    {claim: 'run op by op, the blocks give the logits of the compiled model', difference: differenceOf(readAll(model, ids, () => {}), lab.compiled.append(ids)), tolerance: 1e-5},
  ];
}

function blockExercises(lab) {
  const {hidden, heads, headDim, kvHeads, ffn, layers} = lab.sizes;
  const weights = () => ['input_layernorm', 'self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj', 'self_attn.o_proj', 'post_attention_layernorm', 'mlp.gate_proj', 'mlp.up_proj', 'mlp.down_proj']
    .reduce((sum, name) => sum + lab.tensor(`model.layers.0.${name}.weight`).bytes.length / 2, 0);
  const final = off => { const model = lab.model(); model.swaps = withoutBranches(off); try { return streamOf(model, [lab.tokenizer.bos])[0].at(-1).x; } finally { model.swaps = {}; } };
  const nothing = () => { const all = new Set(Array.from({length: layers}, (_, i) => [`add_attention ${i}`, `add_mlp ${i}`]).flat()); return differenceOf(final(all), streamOf(lab.model(), [lab.tokenizer.bos])[0][0].x); };
  return [
    {id: 'block-off', kind: 'choose', text: 'All branches of all blocks are switched off. What does the last norm get?', options: [['zeros', 'zeros'], ['embedding', 'the embedding of the token'], ['previous', 'the output of the previous token']],
      truth: () => nothing() === 0 ? 'embedding' : 'zeros', explain: () => `The stream differs from the embedding by ${nothing()}. Try it above: the model then continues each token by itself.`},
    {id: 'block-weights', kind: 'number', text: `How many weights has a block of this model: ${hidden} hidden, ${heads} query heads and ${kvHeads} kv heads of ${headDim}, ${ffn} units, and two norms?`, truth: weights,
      hint: 'Seven matrices: q, k, v, output, gate, up, down; and two gains.', explain: () => `${asCount(weights())}, counted in the file of weights.`},
    {id: 'block-code', kind: 'code', name: 'streamLengths', tolerance: 1e-6, text: 'x is the stream of a token, and added a list of vectors that branches made. Give the length of the stream after each addition, as the picture shows it. The compiled residual op judges it.',
      start: 'function streamLengths(x, added) {\n  return added.map(branch => 0);\n}',
      cases: () => [1, 3, 8].map((count, i) => {
        const x = drawn(hidden, 100 + i).map(Math.fround), added = Array.from({length: count}, (_, n) => drawn(hidden, 110 + 10 * i + n).map(Math.fround));
        let stream = x;
        return {label: `${count} ${count > 1 ? 'additions' : 'addition'}`, input: [x, added], expected: added.map(branch => lengthOf(stream = lab.ops.run('residual', branch, stream)))};
      })},
  ];
}

export const blockPage = {id: 'block', name: 'A block', build: lab => lesson(lab, {
  title: 'A block', ...blockPicture(lab), checks: () => blockChecks(lab), exercises: blockExercises(lab),
  claim: ['A block never replaces a token’s vector. It reads it through a norm, and adds what attention made of all tokens so far, and then what the MLP made of this one. What flows through is called the residual stream.'],
  formulas: ['h = x + attention ( norm_1 ( x ) )', 'y = h + mlp ( norm_2 ( h ) )'],
  where: [[`This model has ${lab.sizes.layers} blocks, each with weights of its own.`], ['Attention is the only place where tokens meet; norms, projections and the MLP see one token at a time.'], ['The norm is before each branch, not after the addition, so that the stream itself is never rescaled (Dubey et al. 2024 describe Llama 3’s blocks).']],
  sources: [['Residual.td', 'Residual', 'add']], ops: ['norm_linear', 'swiglu'],
  breaks: ['norm', 'scale'], breakText: 'The branches above can be switched off one by one. Here the second norm is skipped, so that the MLP reads the stream unscaled, and then the division of scores by √E.',
})};
