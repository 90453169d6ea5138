// The page of fusion: all sets of fusions, as the compiler makes their kernels.
import {choice, make, table} from '../../report/page/dom.mjs';
import {kernelGraph} from '../../report/page/graph.mjs';
import {asBytes, asCount, totalCost} from '../../report/page/numbers.mjs';

import {tools} from './controls.mjs';
import {bytesBetween, fusionChecks, fusionExercises} from './fusion-exercises.mjs';
import {lesson} from './lesson.mjs';

const CONTEXTS = [0, 1024, 4096];

function fusionPicture({fusions, sets}) {
  const state = {on: sets.length - 1, context: 0},
        picture = make('div', {class: 'picture', tabindex: 0, role: 'region', 'aria-label': 'graph of kernels'}), facts = make('div', {}),
        missed = make('div', {});
  const boxes = fusions.map(
    ({name, summary}, bit) => make(
      'label', {class: 'switch', title: summary}, make('input', {
        type: 'checkbox',
        checked: true,
        onchange: event => {
          state.on = event.target.checked ? state.on | 1 << bit : state.on & ~(1 << bit);
          show();
        }
      }),
      make('code', {text: name}), make('span', {class: 'saving'})));
  const setAll = on => {
    state.on = on;
    boxes.forEach((box, bit) => {
      box.firstChild.checked = Boolean(on >> bit & 1);
    });
    show();
  };
  const paint = () => picture.replaceChildren(kernelGraph(
    sets[state.on].kernels, {width: Math.max(280, picture.clientWidth - 24), context: state.context, label: 'kernels of one decode step'}));
  new ResizeObserver(paint).observe(picture);
  function show() {
    const set = sets[state.on], none = sets[0], between = at => bytesBetween(sets[at].kernels, state.context);
    paint();
    boxes.forEach((box, bit) => {
      const on = state.on >> bit & 1, change = between(state.on ^ 1 << bit) - between(state.on);
      box.lastChild.textContent = on ? `saves ${asBytes(change)}` : `would save ${asBytes(-change)}`;
    });
    const row = (name, of) => [name, of(none), of(set)];
    facts.replaceChildren(table('one decode step', ['', 'no fusion', 'these'], [
      row('kernels that run', ({kernels}) => asCount(kernels.reduce((sum, {times}) => sum + times, 0))),
      row('bytes between kernels', ({kernels}) => asBytes(bytesBetween(kernels, state.context))),
      row('bytes in all', ({kernels}) => asBytes(totalCost(kernels, state.context).bytes))
    ]));
    missed.replaceChildren(
      ...set.remarks.length ? [make(
                                'details', {}, make('summary', {text: `${set.remarks.length} places where a fusion was not applied, and why`}),
                                make('ul', {}, set.remarks.map(({pass, line, message}) => make('li', {text: `${pass}, ${line}: ${message}`}))))] :
                              []);
  }
  const controls =
    tools(choice('tokens in the cache', CONTEXTS.map(n => [n, asCount(n)]), 0, value => {
            state.context = Number(value);
            show();
          }), make('button', {text: 'none', onclick: () => setAll(0)}), make('button', {text: 'all', onclick: () => setAll(sets.length - 1)}));
  show();
  return {
    controls,
    picture:
      make('div', {class: 'fusionview'}, make('div', {class: 'switches', role: 'group', 'aria-label': 'fusions'}, boxes, facts, missed), picture)
  };
}

export const fusionPage = {
  id: 'fusion',
  name: 'Fusion',
  build: async lab => {
    const study = await lab.sets();
    return lesson(lab, {
      title: 'Fusion',
      ...fusionPicture(study),
      checks: () => fusionChecks(lab, study),
      exercises: fusionExercises(lab, study),
      claim: [
        'A kernel’s boundary is memory. Two ops in one kernel hand a value on without writing it, so what a fusion saves can be counted: the bytes that no longer cross a boundary. The results stay the same, to within rounding.'
      ],
      formulas: ['W ( g ⊙ \\frac{x}{rms ( x )} ) = \\frac{1}{rms ( x )} · W ( g ⊙ x )', '4 · ( L ( 6 D + 4 H E + 2 F + E ) + 2 D + E )'],
      where: [
        ['The first line is why a norm can be fused: what is divided by is one number a token, and can be applied after the product.'],
        ['The second counts the bytes between kernels of a step with all fusions, in f32, for L layers, hidden size D, H heads of E, and F units.'],
        ['Online softmax rescales sum and mix as greater scores come (Milakov and Gimelshein 2018), so neither scores nor weights are written.']
      ],
      sources: [['Linear.td', 'Linear', 'linear'], ['Norm.td', 'RmsScale', 'rmsScale']],
      ops: ['norm_linear', 'attend'],
      breaks: ['scale', 'gain'],
      breakText:
        'A fusion moves things: scale-into-query the division by √E, norm-into-linear the gains. Lose what is moved, and see that such a fault can hide: text stays fluent.',
    });
  }
};
