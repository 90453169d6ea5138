// The page of SwiGLU.
import {choice, draw, make, table} from '../../report/page/dom.mjs';

import {caption, layerChoice, legend, slider, tools} from './controls.mjs';
import {lesson} from './lesson.mjs';
import {SHOWN_TEXT, valuesAfter} from './reading.mjs';
import {swigluChecks, swigluExercises} from './swiglu-exercises.mjs';

const GATES = {
  swiglu: 'SwiGLU: SiLU',
  geglu: 'GeGLU: GELU',
  reglu: 'ReGLU: ReLU'
};

const SPAN = 6; // of the curves, to both sides of 0

const lineOf = (values, x, y) => `M${values.map((value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('L')}`;

// The activations as curves, from the kernels, with an up of 1; the chosen one thick, and a dot at `gate`.
function gateCurves(lab, chosen, gate) {
  const count = lab.sizes.ffn, inputs = Array.from({length: count}, (_, i) => SPAN * (2 * i / (count - 1) - 1)), ones = inputs.map(() => 1);
  const x = value => 160 + value * 150 / SPAN, y = value => 170 - value * 150 / SPAN;
  const svg = draw(
    'svg', {class: 'curves', viewBox: '0 0 320 210', role: 'img', 'aria-label': `curves of ${Object.values(GATES).join(', ')}`},
    draw('path', {class: 'axis', d: 'M10 170H310M160 5V205'}));
  for (const name of Object.keys(GATES))
    svg.append(draw(
      'path', {class: `curve ${name === chosen ? 'chosen' : ''}`, d: lineOf(Array.from(lab.ops.run(name, inputs, ones)), i => x(inputs[i]), y)}));
  const [value] = lab.ops.run(chosen, new Array(count).fill(gate), ones);
  svg.append(
    draw('circle', {class: 'spot', cx: x(gate), cy: y(value), r: 5}),
    draw('text', {x: 14, y: 200, text: `gate ${gate.toFixed(1)} gives ${value.toFixed(3)}`}));
  return svg;
}

// All units, in order of their gates: the gate's activation as a line, the product as bars.
function unitsPicture(gates, opened, products) {
  const order = [...gates.keys()].sort((a, b) => gates[a] - gates[b]), width = 640, step = width / order.length;
  const most = Math.max(...[...opened, ...products].map(Math.abs)), y = value => 110 - value / most * 100;
  const svg = draw(
    'svg', {class: 'units', viewBox: `0 0 ${width} 220`, role: 'img', 'aria-label': `${gates.length} units in order of their gates`},
    draw('path', {class: 'axis', d: `M0 110H${width}`}));
  order.forEach((unit, i) => svg.append(draw('rect', {
    class: 'product',
    x: i * step,
    y: Math.min(110, y(products[unit])),
    width: Math.max(step - 0.3, 0.8),
    height: Math.abs(products[unit]) / most * 100
  })));
  svg.append(draw('path', {class: 'curve chosen', d: lineOf(order.map(unit => opened[unit]), i => (i + 0.5) * step, y)}));
  return svg;
}

function swigluPicture(lab) {
  const ids = lab.tokenizer.encode(SHOWN_TEXT), model = lab.model(), {layers, ffn} = lab.sizes;
  const [gates, ups] = ['gate', 'up'].map(name => valuesAfter(model, ids, name, name));
  const state = {layer: 0, token: ids.length - 1, kind: 'swiglu', gate: -1};
  const curves = make('div', {}), units = make('div', {}), facts = make('div', {});
  function show() {
    const gate = gates[state.token][state.layer], up = ups[state.token][state.layer];
    const opened = lab.ops.run(state.kind, gate, new Array(ffn).fill(1)), products = lab.ops.run(state.kind, gate, up);
    curves.replaceChildren(gateCurves(lab, state.kind, state.gate));
    units.replaceChildren(unitsPicture(gate, opened, products));
    const shut = opened.filter(value => Math.abs(value) < 0.1).length, below = gate.filter(value => value < 0).length;
    facts.replaceChildren(table('the units of this token', ['', 'of ' + ffn], [
      ['gates below 0', below], ['nearly shut: the activation is within 0.1 of 0', shut], ['zero exactly', opened.filter(value => value === 0).length]
    ]));
  }
  const controls =
    make('div', {}, tools(choice('activation', Object.entries(GATES), state.kind, value => {
                            state.kind = value;
                            show();
                          }), slider('one gate', {min: -6, max: 6, step: 0.1, value: state.gate, show: value => value.toFixed(1)}, value => {
                            state.gate = value;
                            show();
                          })), tools(choice('token', ids.map((id, i) => [i, lab.tokenizer.name(id)]), state.token, value => {
                                       state.token = Number(value);
                                       show();
                                     }), layerChoice(layers, state.layer, value => {
                                       state.layer = value;
                                       show();
                                     })));
  show();
  return {
    controls,
    picture: make(
      'div', {},
      make(
        'div', {class: 'twofigures'},
        caption(
          units,
          [
            `All ${ffn} units of one token, in order of their gates: the activation as a line, the product with up as bars.`,
            legend([['y', 'activation of the gate'], ['x', 'product with up']])
          ]),
        caption(curves, 'The three activations, from their kernels. The chosen one is thick.')),
      facts)
  };
}

export const swigluPage = {
  id: 'swiglu',
  name: 'SwiGLU',
  build: lab => lesson(lab, {
    title: 'SwiGLU',
    ...swigluPicture(lab),
    checks: () => swigluChecks(lab),
    exercises: swigluExercises(lab),
    claim: [
      'Two projections of a token are multiplied: one, passed through SiLU, is a gate for the other. So a unit can be shut for one token and open for the next.'
    ],
    formulas: ['y = W_{down} ( silu ( W_{gate} x ) ⊙ ( W_{up} x ) )', 'silu ( a ) = \\frac{a}{1 + e^{− a}}'],
    where: [
      [
        `W_gate and W_up make `, make('b', {text: String(lab.sizes.ffn)}),
        ` units of ${lab.sizes.hidden} numbers, W_down makes ${lab.sizes.hidden} numbers again; ⊙ multiplies element by element.`
      ],
      ['Shazeer (2020) compared such gated layers; SwiGLU and GeGLU had the least perplexity.'],
      ['SiLU is never less than −0.279 and, unlike ReLU, has no corner.']
    ],
    sources: [['Swiglu.td', 'Swiglu', 'swiglu']],
    ops: ['swiglu'],
    breaks: ['relu', 'gelu', 'bilinear', 'open'],
    breakText: 'Swap SiLU for ReLU or GELU, which are near it. Then multiply by the gate without any activation, or leave the gates open.',
  })
};
