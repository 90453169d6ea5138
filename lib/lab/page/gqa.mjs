// The page of grouped-query attention.
import {choice, draw, make, table} from '../../report/page/dom.mjs';
import {asBytes, asCount} from '../../report/page/numbers.mjs';
import {caption, legend, tools} from './controls.mjs';
import {attendRows, differenceOf, drawn} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {SHOWN_TEXT, valuesAfter} from './reading.mjs';


// Query heads wired to kv heads; colours alternate with the group.
function wiring(heads, groups) {
  const step = 34, size = heads / groups, y = head => 20 + head * step, kv = group => y(group * size + (size - 1) / 2);
  const svg = draw('svg', {class: 'wiring', viewBox: `0 0 300 ${heads * step + 12}`, role: 'img', 'aria-label': `${heads} query heads read ${groups} kv heads, ${size} each`});
  for (let head = 0; head < heads; head++) {
    const group = Math.floor(head / size), colour = group % 2 ? 'k' : 'q';
    svg.append(draw('path', {class: `wire ${colour}`, d: `M96 ${y(head)}C150 ${y(head)} 150 ${kv(group)} 204 ${kv(group)}`}),
      draw('rect', {class: `headbox ${colour}`, x: 8, y: y(head) - 12, width: 88, height: 24, rx: 5}), draw('text', {x: 52, y: y(head) + 4, 'text-anchor': 'middle', text: `query ${head}`}));
  }
  for (let group = 0; group < groups; group++)
    svg.append(draw('rect', {class: `headbox ${group % 2 ? 'k' : 'q'}`, x: 204, y: kv(group) - 14, width: 88, height: 28, rx: 5}), draw('text', {x: 248, y: kv(group) + 4, 'text-anchor': 'middle', text: `kv head ${group}`}));
  return svg;
}

// A row of shades for each head: what it attends to.
function attentionRows(rows, names, groupSize) {
  const n = names.length, width = 640, cell = (width - 70) / n;
  const svg = draw('svg', {class: 'attention', viewBox: `0 0 ${width} ${rows.length * 24 + 30}`, role: 'img', 'aria-label': 'attention weights of each head over the text'});
  rows.forEach((row, head) => {
    svg.append(draw('text', {x: 0, y: head * 24 + 16, text: `q ${head}`}));
    row.forEach((weight, j) => svg.append(draw('rect', {class: `shade ${Math.floor(head / groupSize) % 2 ? 'k' : 'q'}`, x: 66 + j * cell, y: head * 24 + 2, width: cell - 1, height: 20, 'fill-opacity': Math.sqrt(weight)}, draw('title', {text: `${names[j]}: ${weight.toFixed(3)}`}))));
  });
  names.forEach((name, j) => svg.append(draw('text', {class: 'tiny', x: 66 + (j + 0.5) * cell, y: rows.length * 24 + 16, 'text-anchor': 'middle', text: name.trim().slice(0, 5)})));
  return svg;
}

const cacheBytes = ({layers, groups, headDim, tokens, bytes}) => 2 * layers * groups * headDim * tokens * bytes;

function gqaPicture(lab) {
  const {heads, kvHeads, layers, headDim, cacheRows} = lab.sizes, divisors = [1, 2, 4, 8, 16].filter(count => heads % count === 0);
  const state = {groups: kvHeads, layer: layers - 1}, ids = lab.tokenizer.encode(SHOWN_TEXT);
  const weights = valuesAfter(lab.model(), ids, 'softmax', 'weights').at(-1), names = ids.map(id => lab.tokenizer.name(id));
  const wires = make('div', {}), shades = make('div', {}), facts = make('div', {});
  function show() {
    wires.replaceChildren(wiring(heads, state.groups));
    const all = weights[state.layer];
    shades.replaceChildren(attentionRows(Array.from({length: heads}, (_, head) => Array.from(all.subarray(head * cacheRows, head * cacheRows + ids.length))), names, heads / kvHeads));
    const row = (name, model) => [name, asBytes(cacheBytes({...model, groups: model.heads})), asBytes(cacheBytes({...model, groups: model.heads * state.groups / heads})), `${heads / state.groups} times less`];
    facts.replaceChildren(table(`bytes of a full cache with ${heads / state.groups} query heads to a kv head`, ['', 'a kv head for each', 'so grouped', ''],
      [row('this model, 512 tokens, f32', {layers, heads, headDim, tokens: 512, bytes: 4}), row('32 layers, 32 heads of 128 (as Llama 3 8B), 8,192 tokens, bf16', {layers: 32, heads: 32, headDim: 128, tokens: 8192, bytes: 2})]));
  }
  const controls = tools(choice('kv heads', divisors.map(count => [count, count === kvHeads ? `${count}: this model` : count === heads ? `${count}: multi-head` : count === 1 ? '1: multi-query' : String(count)]), kvHeads, value => { state.groups = Number(value); show(); }),
    choice('layer', Array.from({length: layers}, (_, i) => [i, String(i)]), state.layer, value => { state.layer = Number(value); show(); }));
  show();
  return {controls, picture: make('div', {}, make('div', {class: 'twofigures'},
    caption(shades, ['What each head of this model attends to as it reads the last token of “', SHOWN_TEXT, '”. Heads of one colour read the same keys with queries of their own.']),
    caption(wires, 'Which keys and values each query head reads.')), legend([['q', 'heads of kv head 0'], ['k', 'heads of kv head 1']]), facts),
    notes: [make('p', {}, 'Heads must divide evenly. A spec with three query heads and two kv heads does not compile: ', make('code', {text: 'block.attention: 3 query heads cannot share 2 kv heads'}), '.')]};
}

// Queries and caches of drawn numbers, with which heads `attend` at position 20.
function drawnAttention({heads, kvHeads, headDim, cacheRows}, seed, position) {
  const q = drawn(heads * headDim, seed).map(value => Math.fround(3 * value)), [keys, values] = [1, 2].map(more => drawn(kvHeads * cacheRows * headDim, seed + more).map(Math.fround));
  const rows = cache => Array.from({length: kvHeads}, (_, group) => Array.from({length: position + 1}, (_, row) => cache.slice((group * cacheRows + row) * headDim, (group * cacheRows + row + 1) * headDim)));
  return {q, keys, values, heads: Array.from({length: heads}, (_, head) => q.slice(head * headDim, (head + 1) * headDim)), keyRows: rows(keys), valueRows: rows(values)};
}

// The heads whose output changes if kv head `group` holds other keys.
function readersOf(lab, group) {
  const {heads, headDim, cacheRows} = lab.sizes, {q, keys, values} = drawnAttention(lab.sizes, 1, 20);
  const other = keys.map((value, i) => Math.floor(i / (cacheRows * headDim)) === group ? -value : value);
  const [before, after] = [keys, other].map(cache => lab.ops.run('attend', q, cache, values, 20));
  return Array.from({length: heads}, (_, head) => head).filter(head => before.slice(head * headDim, (head + 1) * headDim).some((value, e) => value !== after[head * headDim + e]));
}

function gqaChecks(lab) {
  const {heads, kvHeads, headDim, cacheRows} = lab.sizes, group = heads / kvHeads, all = drawnAttention(lab.sizes, 1, 20);
  const found = lab.ops.run('attend', all.q, all.keys, all.values, 20);
  const expected = all.heads.flatMap((q, head) => attendRows(q, all.keyRows[Math.floor(head / group)], all.valueRows[Math.floor(head / group)]));
  const wrong = Array.from({length: kvHeads}, (_, kv) => kv).flatMap(kv => readersOf(lab, kv).filter(head => Math.floor(head / group) !== kv)).length;
  const weights = lab.ops.run('softmax', lab.ops.run('scores', all.q, all.keys, 20), 20);
  const sums = all.heads.map((_, head) => weights.subarray(head * cacheRows, head * cacheRows + 21).reduce((sum, value) => sum + value, 0));
  const swapped = lab.ops.run('attend', [...all.q.slice(headDim, 2 * headDim), ...all.q.slice(0, headDim), ...all.q.slice(2 * headDim)], all.keys, all.values, 20);
  return [
    {claim: 'the kernel gives the formula, with kv head ⌊h / (H/G)⌋ for query head h', difference: differenceOf(found, expected), tolerance: 1e-5},
    {claim: 'query heads that change with the keys of a kv head that is not theirs', difference: wrong, tolerance: 0},
    {claim: 'weights of each head sum to 1', difference: Math.max(...sums.map(sum => Math.abs(sum - 1))), tolerance: 1e-5},
    {claim: 'two queries of one group that change places give each other’s results', difference: differenceOf(swapped.slice(0, headDim), Array.from(found.slice(headDim, 2 * headDim))), tolerance: 1e-6},
  ];
}

const GROUPED_START = `function groupedAttend(q, keys, values) {
  return q.flatMap((one, head) => attendOne(one, keys[0], values[0]));
}

function attendOne(q, keys, values) {
  const scores = keys.map(key => key.reduce((sum, k, e) => sum + k * q[e], 0) / Math.sqrt(q.length));
  const top = Math.max(...scores), weights = scores.map(score => Math.exp(score - top));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return q.map((_, e) => weights.reduce((sum, weight, j) => sum + weight / all * values[j][e], 0));
}`;

function gqaExercises(lab) {
  const llama = () => cacheBytes({layers: 32, groups: 8, headDim: 128, tokens: 8192, bytes: 2}) / 1e6;
  return [
    {id: 'gqa-map', kind: 'choose', text: 'Query heads are numbered from 0 to 7, and there are two kv heads, 0 and 1. Which does query head 3 read?', options: [['0', 'kv head 0'], ['1', 'kv head 1'], ['both', 'both']],
      truth: () => [0, 1].filter(group => readersOf(lab, group).includes(3)).join('') || 'both', explain: () => `In the kernel, heads ${readersOf(lab, 0).join(', ')} change with kv head 0, and ${readersOf(lab, 1).join(', ')} with kv head 1: neighbours share.`},
    {id: 'gqa-bytes', kind: 'number', text: 'Llama 3 8B has 32 layers and 8 kv heads of 128 numbers. How many megabytes (millions of bytes) does its cache take for 8,192 tokens in bf16?', tolerance: 0.01, truth: llama,
      hint: 'Keys and values; two bytes a number; kv heads, not query heads.', explain: () => `${asCount(Math.round(llama()))} MB. With a kv head for each of the 32 query heads it would be four times as much.`},
    {id: 'gqa-code', kind: 'code', name: 'groupedAttend', tolerance: 1e-5, text: 'q is a list of query heads; keys and values have a list of rows for each kv head. Attention of one head is there. Let every query head read its own kv head.', start: GROUPED_START,
      cases: () => [0, 5, 40].map((position, i) => {
        const all = drawnAttention(lab.sizes, 70 + 10 * i, position);
        return {label: `${position + 1} ${position ? 'rows' : 'row'}`, input: [all.heads, all.keyRows, all.valueRows], expected: lab.ops.run('attend', all.q, all.keys, all.values, position)};
      })},
  ];
}

export const gqaPage = {id: 'gqa', name: 'GQA', build: lab => lesson(lab, {
  title: 'Grouped-query attention', ...gqaPicture(lab), checks: () => gqaChecks(lab), exercises: gqaExercises(lab),
  claim: ['Several query heads share the keys and values of one kv head. Each still asks a question of its own, but the cache, and what a step reads of it, shrink by the size of the group.'],
  formulas: ['o_h = \\sum_{j ≤ t} softmax_j ( \\frac{q_h · K_{g ( h ) , j}}{\\sqrt{E}} ) V_{g ( h ) , j}', 'g ( h ) = ⌊ \\frac{h}{H / G} ⌋'],
  where: [[`H is the number of query heads, G that of kv heads: `, make('b', {text: `${lab.sizes.heads} and ${lab.sizes.kvHeads}`}), ' in this model.'], ['G = H is multi-head attention, G = 1 multi-query attention. Ainslie et al. (2023) showed that few kv heads come close to many, and Llama 3 (Dubey et al. 2024) uses 8.']],
  sources: [['Attention.td', 'Attend', 'attend'], ['Scores.td', 'Scores', 'scores'], ['Softmax.td', 'Softmax', 'softmax'], ['Mix.td', 'Mix', 'mix']], ops: ['attend', 'scores', 'softmax', 'mix'],
  breaks: ['modulo', 'single', 'scale'], breakText: 'Let query head h read kv head h mod G, a mistake that every shape allows. Let all heads read kv head 0. Leave out the division by √E: small models forgive some things.',
})};
