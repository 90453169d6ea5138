// The page of a block: the residual stream.
import {choice, draw, make} from '../../report/page/dom.mjs';

import {ADDS, blockChecks, blockExercises, streamOf, withoutBranches} from './block-exercises.mjs';
import {continueText} from './breaks.mjs';
import {caption, legend, tools} from './controls.mjs';
import {lengthOf} from './formula.mjs';
import {lesson} from './lesson.mjs';
import {SHOWN_TEXT} from './reading.mjs';

const OPENING_WORDS = 'Once upon a time';

// Bars of the stream's length after each addition, with what was added beside it.
function streamBars(steps) {
  const width = 640, height = 260, slot = width / steps.length, lengths = steps.map(({x, branch}) => [lengthOf(x), lengthOf(branch)]);
  const most = Math.max(...lengths.flat()), y = value => 205 - value / most * 185;
  const svg = draw(
    'svg', {class: 'stream', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'the length of the residual stream after each addition'},
    draw('path', {class: 'axis', d: `M0 205H${width}`}));
  steps.forEach(({slot: kind, layer}, i) => {
    const [all, added] = lengths[i], x = i * slot + slot * 0.14, bar = slot * 0.36;
    svg.append(
      draw('rect', {class: 'barof y', x, y: y(all), width: bar, height: 205 - y(all)}),
      draw('rect', {class: 'barof x', x: x + bar, y: y(added), width: bar, height: 205 - y(added)}),
      draw('text', {class: 'tiny', x: x + bar, y: 222, 'text-anchor': 'middle', text: ADDS[kind]}),
      draw('text', {class: 'tiny', x: x + bar, y: 238, 'text-anchor': 'middle', text: kind === 'embed' ? '' : `layer ${layer}`}),
      draw('text', {class: 'tiny', x: x + bar / 2, y: y(all) - 4, 'text-anchor': 'middle', text: all.toFixed(1)}));
  });
  return svg;
}

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
  const toggle = (slot, layer) => make(
    'label', {class: 'switch'}, make('input', {
      type: 'checkbox',
      checked: true,
      onchange: event => {
        if (event.target.checked)
          off.delete(`${slot} ${layer}`);
        else
          off.add(`${slot} ${layer}`);
        show();
      }
    }),
    `${ADDS[slot]} ${layer}`);
  const controls = make(
    'div', {},
    tools(choice(
      'token', ids.map((id, i) => [i, lab.tokenizer.name(id)]), state.token,
      value => {
        state.token = Number(value);
        show();
      })),
    make(
      'div', {class: 'tools', role: 'group', 'aria-label': 'branches'},
      Array.from({length: layers}, (_, layer) => [toggle('add_attention', layer), toggle('add_mlp', layer)]).flat()));
  show();
  return {
    controls,
    picture: make(
      'div', {class: 'wide'},
      caption(
        bars,
        [
          'The stream of one token of “', SHOWN_TEXT, '”: its length after each addition, and that of what was added.',
          legend([['y', 'the stream'], ['x', 'what was added']])
        ]),
      make('h3', {text: 'What the model writes with these branches'}), text)
  };
}

export const blockPage = {
  id: 'block',
  name: 'A block',
  build: lab => lesson(lab, {
    title: 'A block',
    ...blockPicture(lab),
    checks: () => blockChecks(lab),
    exercises: blockExercises(lab),
    claim: [
      'A block never replaces a token’s vector. It reads it through a norm, and adds what attention made of all tokens so far, and then what the MLP made of this one. What flows through is called the residual stream.'
    ],
    formulas: ['h = x + attention ( norm_1 ( x ) )', 'y = h + mlp ( norm_2 ( h ) )'],
    where: [
      [`This model has ${lab.sizes.layers} blocks, each with weights of its own.`],
      ['Attention is the only place where tokens meet; norms, projections and the MLP see one token at a time.'],
      [
        'The norm is before each branch, not after the addition, so that the stream itself is never rescaled (Dubey et al. 2024 describe Llama 3’s blocks).'
      ]
    ],
    sources: [['Residual.td', 'Residual', 'add']],
    ops: ['residual', 'norm_linear', 'swiglu'],
    breaks: ['norm', 'scale'],
    breakText:
      'The branches above can be switched off one by one. Here the second norm is skipped, so that the MLP reads the stream unscaled, and then the division of scores by √E.',
  })
};
