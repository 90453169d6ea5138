// The page of RMSNorm.
import {choice, draw, make, table} from '../../report/page/dom.mjs';

import {caption, legend, slider, tools} from './controls.mjs';
import {meanSquare} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {Bars, Pane} from './panes.mjs';
import {KERNELS, ones, rmsChecks, rmsExercises} from './rmsnorm-exercises.mjs';

const repeat4 = ([x, y]) => [x, y, x, y, x, y, x, y];

const asText = value => Number.isFinite(value) ? value.toPrecision(5) : String(value);

function rmsPicture(lab) {
  const state = {x: [1.2, -0.4, 0.7, 2.1, -1.5, 0.3, 0.9, -0.8], point: [1.1, 0.5], scale: 0, gain: 1, eps: '1e-5'};
  const facts = make('div', {});
  const bars = new Bars('a vector of eight numbers, before and after', 8, [['x'], ['y'], ['w']], (i, value) => {
    state.x[i] = value;
    show();
  });
  const pane = new Pane('a vector of two numbers and what the norm makes of it', {x: '', y: 'RMSNorm', w: 'LayerNorm'}, (_, x, y) => {
    state.point = [x, y];
    show();
  }, ['y', 'w']);
  pane.extra.append(draw('circle', {class: 'sphere', r: Math.SQRT2}));
  function show() {
    const norm = x => lab.ops.run(KERNELS[state.eps], x, gains), layer = x => lab.ops.run('layer_norm_8', x, gains);
    const gains = ones.map((one, i) => i === 2 ? state.gain : one), scaled = state.x.map(value => value * 10 ** state.scale);
    const y = norm(scaled), w = layer(scaled);
    bars.update(state.x, y, w);
    pane.update({
      x: state.point,
      y: lab.ops.run(KERNELS[state.eps], repeat4(state.point), ones).slice(0, 2),
      w: lab.ops.run('layer_norm_8', repeat4(state.point), ones).slice(0, 2)
    });
    const row =
      (name, vector) => [name, asText(Math.sqrt(meanSquare(vector))), asText(vector.reduce((sum, value) => sum + value, 0) / 8), asText(vector[0])];
    facts.replaceChildren(
      table('what the kernels gave', ['', 'root mean square', 'mean', 'first element'], [row('x', scaled), row('RMSNorm', y), row('LayerNorm', w)]));
  }
  const controls = tools(slider('x times 10 to the', {min: -4, max: 4, value: 0}, value => {
                           state.scale = value;
                           show();
                         }), slider('gain of element 3', {min: 0, max: 3, step: 0.1, value: 1, show: value => value.toFixed(1)}, value => {
                           state.gain = value;
                           show();
                         }), choice('ε', Object.keys(KERNELS).map(eps => [eps, eps]), state.eps, value => {
                           state.eps = value;
                           show();
                         }));
  show();
  return {
    controls,
    picture: make(
      'div', {},
      make(
        'div', {class: 'twofigures'}, caption(bars.svg, [legend([
                                                ['x', 'x, as drawn: drag its bars, or use the arrow keys'],
                                                ['y', 'RMSNorm of x times the power of ten'], ['w', 'LayerNorm of the same']
                                              ])]),
        caption(
          pane.svg,
          'Two numbers, (x₁, x₂) four times over. Wherever you drag x, the orange dot, RMSNorm puts it on the circle of radius √2, without turning it. LayerNorm, which takes the mean away first, leaves two places only.')),
      facts)
  };
}

export const rmsnormPage = {
  id: 'rmsnorm',
  name: 'RMSNorm',
  build: lab => lesson(lab, {
    title: 'RMSNorm',
    ...rmsPicture(lab),
    checks: () => rmsChecks(lab),
    exercises: rmsExercises(lab),
    claim: [
      'RMSNorm divides a vector by the root of the mean of its squares: every token comes to the same length, √D, and keeps its direction. Then each element is multiplied by a learnt gain.'
    ],
    formulas: ['y_i = \\frac{x_i}{\\sqrt{\\frac{1}{D} \\sum_j x_j^2 + ε}} · g_i'],
    where: [
      ['D is the number of elements, the hidden size: ', make('b', {text: String(lab.sizes.hidden)}), ' in this model.'],
      [`ε, here ${lab.sizes.eps}, keeps a vector of zeros from being divided by zero.`],
      ['No mean is subtracted and no bias is added, unlike LayerNorm’s. Zhang and Sennrich (2019) argue that re-scaling, not re-centring, is why LayerNorm works.']
    ],
    sources: [['Norm.td', 'RmsNorm', 'rmsNorm'], ['LayerNorm.td', 'LayerNorm', 'layerNorm']],
    ops: ['rms_norm'],
    breaks: ['norm', 'gain'],
    breakText:
      'Leave out the second norm of each block, and then only the gains. The first swaps one kernel for a copy; the second gives every norm gains of 1.',
  })
};
