// The page of grouped-query attention.
import {choice, draw, make, table} from '../../report/page/dom.mjs';
import {asBytes} from '../../report/page/numbers.mjs';

import {caption, layerChoice, legend, tools} from './controls.mjs';
import {cacheBytes, gqaChecks, gqaExercises} from './gqa-exercises.mjs';
import {lesson} from './lesson.mjs';
import {SHOWN_TEXT, valuesAfter} from './reading.mjs';

// Query heads wired to kv heads; colours alternate with the group.
function wiring(heads, groups) {
  const step = 34, size = heads / groups, y = head => 20 + head * step, kv = group => y(group * size + (size - 1) / 2);
  const svg = draw('svg', {
    class: 'wiring',
    viewBox: `0 0 300 ${heads * step + 12}`,
    role: 'img',
    'aria-label': `${heads} query heads read ${groups} kv heads, ${size} each`
  });
  for (let head = 0; head < heads; head++) {
    const group = Math.floor(head / size), colour = group % 2 ? 'k' : 'q';
    svg.append(
      draw('path', {class: `wire ${colour}`, d: `M96 ${y(head)}C150 ${y(head)} 150 ${kv(group)} 204 ${kv(group)}`}),
      draw('rect', {class: `headbox ${colour}`, x: 8, y: y(head) - 12, width: 88, height: 24, rx: 5}),
      draw('text', {x: 52, y: y(head) + 4, 'text-anchor': 'middle', text: `query ${head}`}));
  }
  for (let group = 0; group < groups; group++)
    svg.append(
      draw('rect', {class: `headbox ${group % 2 ? 'k' : 'q'}`, x: 204, y: kv(group) - 14, width: 88, height: 28, rx: 5}),
      draw('text', {x: 248, y: kv(group) + 4, 'text-anchor': 'middle', text: `kv head ${group}`}));
  return svg;
}

// A row of shades for each head: what it attends to.
function attentionRows(rows, names, groupSize) {
  const n = names.length, width = 640, cell = (width - 70) / n;
  const svg = draw('svg', {
    class: 'attention',
    viewBox: `0 0 ${width} ${rows.length * 24 + 30}`,
    role: 'img',
    'aria-label': 'attention weights of each head over the text'
  });
  rows.forEach((row, head) => {
    svg.append(draw('text', {x: 0, y: head * 24 + 16, text: `q ${head}`}));
    row.forEach(
      (weight, j) => svg.append(draw(
        'rect', {
          class: `shade ${Math.floor(head / groupSize) % 2 ? 'k' : 'q'}`,
          x: 66 + j * cell,
          y: head * 24 + 2,
          width: cell - 1,
          height: 20,
          'fill-opacity': Math.sqrt(weight)
        },
        draw('title', {text: `${names[j]}: ${weight.toFixed(3)}`}))));
  });
  names.forEach(
    (name, j) => svg.append(
      draw('text', {class: 'tiny', x: 66 + (j + 0.5) * cell, y: rows.length * 24 + 16, 'text-anchor': 'middle', text: name.trim().slice(0, 5)})));
  return svg;
}

function gqaPicture(lab) {
  const {heads, kvHeads, layers, headDim, cacheRows} = lab.sizes, divisors = [1, 2, 4, 8, 16].filter(count => heads % count === 0);
  const state = {groups: kvHeads, layer: layers - 1}, ids = lab.tokenizer.encode(SHOWN_TEXT);
  const weights = valuesAfter(lab.model(), ids, 'softmax', 'weights').at(-1), names = ids.map(id => lab.tokenizer.name(id));
  const wires = make('div', {}), shades = make('div', {}), facts = make('div', {});
  function show() {
    wires.replaceChildren(wiring(heads, state.groups));
    const all = weights[state.layer];
    shades.replaceChildren(attentionRows(
      Array.from({length: heads}, (_, head) => Array.from(all.subarray(head * cacheRows, head * cacheRows + ids.length))), names, heads / kvHeads));
    const row = (name, model) =>
      [name, asBytes(cacheBytes({...model, groups: model.heads})), asBytes(cacheBytes({...model, groups: model.heads * state.groups / heads})),
       `${heads / state.groups} times less`];
    facts.replaceChildren(
      table(`bytes of a full cache with ${heads / state.groups} query heads to a kv head`, ['', 'a kv head for each', 'so grouped', ''], [
        row('this model, 512 tokens, f32', {layers, heads, headDim, tokens: 512, bytes: 4}),
        row('32 layers, 32 heads of 128 (as Llama 3 8B), 8,192 tokens, bf16', {layers: 32, heads: 32, headDim: 128, tokens: 8192, bytes: 2})
      ]));
  }
  const controls = tools(
    choice(
      'kv heads',
      divisors.map(
        count =>
          [count,
           count === kvHeads ? `${count}: this model` :
             count === heads ? `${count}: multi-head` :
             count === 1 ? '1: multi-query' :
                           String(count)]),
      kvHeads,
      value => {
        state.groups = Number(value);
        show();
      }),
    layerChoice(layers, state.layer, value => {
      state.layer = value;
      show();
    }));
  show();
  return {
    controls,
    picture: make(
      'div', {},
      make(
        'div', {class: 'twofigures'},
        caption(
          shades,
          [
            'What each head of this model attends to as it reads the last token of “', SHOWN_TEXT,
            '”. Heads of one colour read the same keys with queries of their own.'
          ]),
        caption(wires, 'Which keys and values each query head reads.')),
      legend([['q', 'heads of kv head 0'], ['k', 'heads of kv head 1']]), facts),
    notes: [make(
      'p', {}, 'Heads must divide evenly. A spec with three query heads and two kv heads does not compile: ',
      make('code', {text: 'block.attention: 3 query heads cannot share 2 kv heads'}), '.')]
  };
}

export const gqaPage = {
  id: 'gqa',
  name: 'GQA',
  build: lab => lesson(lab, {
    title: 'Grouped-query attention',
    ...gqaPicture(lab),
    checks: () => gqaChecks(lab),
    exercises: gqaExercises(lab),
    claim: [
      'Several query heads share the keys and values of one kv head. Each still asks a question of its own, but the cache, and what a step reads of it, shrink by the size of the group.'
    ],
    formulas: ['o_h = \\sum_{j ≤ t} softmax_j ( \\frac{q_h · K_{g ( h ) , j}}{\\sqrt{E}} ) V_{g ( h ) , j}', 'g ( h ) = ⌊ \\frac{h}{H / G} ⌋'],
    where:
      [
        [`H is the number of query heads, G that of kv heads: `, make('b', {text: `${lab.sizes.heads} and ${lab.sizes.kvHeads}`}), ' in this model.'],
        [
          'G = H is multi-head attention, G = 1 multi-query attention. Ainslie et al. (2023) showed that few kv heads come close to many, and Llama 3 (Dubey et al. 2024) uses 8.'
        ]
      ],
    sources:
      [['Attention.td', 'Attend', 'attend'], ['Scores.td', 'Scores', 'scores'], ['Softmax.td', 'Softmax', 'softmax'], ['Mix.td', 'Mix', 'mix']],
    ops: ['attend', 'scores', 'softmax', 'mix'],
    breaks: ['modulo', 'single', 'scale'],
    breakText:
      'Let query head h read kv head h mod G, a mistake that every shape allows. Let all heads read kv head 0. Leave out the division by √E: small models forgive some things.',
  })
};
