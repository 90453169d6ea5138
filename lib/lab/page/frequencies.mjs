// The page of frequencies and llama3's rescaling of them.
import {draw, make, table} from '../../report/page/dom.mjs';

import {caption, legend, slider, tools} from './controls.mjs';
import {frequencyOf, scaledFrequency} from './formula.mjs';
import {bandOf, frequencyChecks, frequencyExercises} from './frequencies-exercises.mjs';
import {lesson} from './lesson.mjs';

const PLOT = {
  width: 640,
  height: 300,
  left: 92,
  top: 12,
  bottom: 34
};

const BANDS = ['kept', 'blended', 'divided'];

// Wavelengths of all pairs on a log axis, unscaled and scaled, with the bands.
function wavelengths(plain, scaled, scaling) {
  const {width, height, left, top, bottom} = PLOT, waves = [plain, scaled].map(all => all.map(f => 2 * Math.PI / f));
  const least = 4, most = Math.max(...waves.flat()) * 1.5;
  const x = i => left + (i + 0.5) * (width - left) / plain.length,
        y = wave => top + (height - top - bottom) * (1 - Math.log(wave / least) / Math.log(most / least));
  const svg =
    draw('svg', {class: 'waves', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'wavelength of each pair, unscaled and scaled'});
  const edges = [scaling.context / scaling.high, scaling.context / scaling.low].map(wave => Math.max(least, Math.min(most, wave)));
  svg.append(draw('rect', {class: 'band', x: left, y: y(edges[1]), width: width - left, height: y(edges[0]) - y(edges[1])}));
  for (let decade = 10; decade < most; decade *= 10)
    svg.append(
      draw('path', {class: 'rule', d: `M${left} ${y(decade)}H${width}`}),
      draw('text', {x: left - 8, y: y(decade) + 4, 'text-anchor': 'end', text: decade.toLocaleString('en', {notation: 'compact'})}));
  svg.append(
    draw('path', {class: 'context', d: `M${left} ${y(scaling.context)}H${width}`}),
    draw(
      'text', {class: 'contexttext', x: width - 4, y: y(scaling.context) - 5, 'text-anchor': 'end', text: `original context, ${scaling.context}`}));
  plain.forEach(
    (_, i) => svg.append(
      draw('path', {class: 'lift', d: `M${x(i)} ${y(waves[0][i])}V${y(waves[1][i])}`}),
      draw('circle', {class: 'plainwave', cx: x(i), cy: y(waves[0][i]), r: 4}),
      draw('path', {class: 'scaledwave', d: `M${x(i) - 6} ${y(waves[1][i])}h12`}),
      draw('text', {class: 'tiny', x: x(i), y: height - 16, 'text-anchor': 'middle', text: i})));
  svg.append(draw('text', {class: 'tiny', x: (width + left) / 2, y: height - 2, 'text-anchor': 'middle', text: 'pair'}));
  return svg;
}

function frequencyPicture(lab) {
  const {headDim, theta} = lab.sizes, scaling = {...lab.sizes.scaling}, plot = make('div', {}), facts = make('div', {});
  const plain = Array.from({length: headDim / 2}, (_, i) => frequencyOf(i, headDim, theta));
  function show() {
    const scaled = plain.map(f => scaledFrequency(f, scaling)), bands = plain.map(f => bandOf(f, scaling));
    plot.replaceChildren(wavelengths(plain, scaled, scaling));
    const pairs = band => bands.flatMap((one, i) => one === band ? [i] : []);
    const what = {kept: 'as it was', blended: 'between', divided: `divided by ${scaling.factor}`};
    facts.replaceChildren(table(
      'what becomes of the pairs', ['band', 'frequency', 'pairs'],
      BANDS.map(band => [band, what[band], pairs(band).length ? `${pairs(band)[0]} to ${pairs(band).at(-1)}` : 'none'])));
  }
  const one = (key, label, rest) => slider(label, {...rest, value: scaling[key]}, value => {
    scaling[key] = value;
    show();
  });
  const controls = tools(
    one('factor', 'factor', {min: 1, max: 32}), one('low', 'low_freq_factor', {min: 0.5, max: 3.5, step: 0.5}),
    one('high', 'high_freq_factor', {min: 4, max: 16}), one('context', 'original context', {min: 64, max: 8192, step: 64}));
  show();
  return {
    controls,
    picture: make(
      'div', {class: 'wide'},
      caption(
        plot,
        [
          'Tokens in which each pair turns once. A model sees short waves turn many times within the original context, and never a whole turn of those above the dashed line.',
          legend([['y', 'unscaled'], ['x', 'scaled'], ['bandkey', 'blended']])
        ]),
      facts)
  };
}

export const frequenciesPage = {
  id: 'frequencies',
  name: 'Frequencies',
  build: lab => lesson(lab, {
    title: 'Frequencies and long contexts',
    ...frequencyPicture(lab),
    checks: () => frequencyChecks(lab),
    exercises: frequencyExercises(lab),
    claim: [
      'Each pair of a head turns at a speed of its own, from one radian a token down to almost nothing. To make a context longer, llama3 scaling slows down the pairs that turn less than once in the original context, leaves alone those that turn often, and blends between.'
    ],
    formulas: [
      'f_i = θ^{− 2 i / E}', 'λ_i = \\frac{2 π}{f_i}', 'f ′ = ( 1 − s ) \\frac{f}{factor} + s f', 's = \\frac{C / λ − low}{high − low} , from 0 to 1'
    ],
    where: [
      ['C is the original context: ', make('b', {text: String(lab.sizes.scaling.context)}), ' tokens in this model, 8,192 in Llama 3.1.'],
      ['s is held between 0 and 1: a pair that turns more than high times in C tokens is kept, one that turns less than low times is divided by the factor.'],
      ['Dubey et al. (2024) give Llama 3 a θ of 500,000 for long texts. The scaling came with the code of Llama 3.1; Hugging Face calls it “llama3”.']
    ],
    sources: [['Rope.td', 'RotaryTable', 'rotaryTable']],
    ops: ['rotary_table'],
    breaks: ['unscaled', 'base'],
    breakText:
      'Leave the scaling out, and then take another θ. The texts here are shorter than the original context, so the first changes little: what is remembered over a short distance is in the fast pairs. A wrong θ moves all of them but the first.',
  })
};
