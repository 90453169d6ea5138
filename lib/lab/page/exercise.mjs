// Exercises: {id, kind: 'choose' | 'number' | 'code', text, …}. Kernels give the answers; the page has none.
import {make} from '../../report/page/dom.mjs';

import {judgeCase, runCode} from './judge.mjs';

const TITLES = {
  choose: 'Predict',
  number: 'Work it out'
};

function tellVerdict(exercise, verdict, good, ...text) {
  verdict.className = `verdict ${good ? 'good' : 'bad'}`;
  verdict.replaceChildren(make('b', {text: good ? 'Right. ' : 'Not so. '}), ...text);
  if (good) exercise.onright();
}

// options: [[value, text]…]; truth() computes the right value; explain(value) says what was computed.
function chooseBody(exercise, verdict) {
  const answer = value => tellVerdict(exercise, verdict, value === exercise.truth(), exercise.explain());
  return make(
    'div', {class: 'options'},
    exercise.options.map(([value, text]) => make('button', {type: 'button', 'data-value': value, text, onclick: () => answer(value)})));
}

function numberBody(exercise, verdict) {
  const input = make('input', {type: 'text', inputmode: 'decimal', 'aria-label': 'your answer', autocomplete: 'off'});
  const answer = () => {
    const value = Number(input.value.replaceAll(/[,\s]/g, '')), truth = exercise.truth();
    if (!input.value.trim() || Number.isNaN(value)) return tellVerdict(exercise, verdict, false, 'A number is wanted.');
    const good = Math.abs(value - truth) <= (exercise.tolerance ?? 0) * Math.max(1, Math.abs(truth));
    tellVerdict(exercise, verdict, good, good ? exercise.explain() : exercise.hint);
  };
  return make(
    'form', {
      class: 'options',
      onsubmit: event => {
        event.preventDefault();
        answer();
      }
    },
    input, make('button', {text: 'check'}));
}

// start: the code to begin with; name: of its function; cases(): [{label, input, expected}].
function codeBody(exercise, verdict) {
  const area = make(
    'textarea',
    {rows: exercise.start.split('\n').length + 2, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-label': 'your code'});
  area.value = exercise.kept ?? exercise.start;
  area.addEventListener('change', () => exercise.onwritten(area.value));
  const judge = async () => {
    exercise.onwritten(area.value);
    verdict.textContent = 'running…';
    const cases = exercise.cases();
    const {results, failure} = await runCode(area.value, exercise.name, cases.map(({input}) => input));
    if (failure) return tellVerdict(exercise, verdict, false, failure);
    const judged = cases.map(({expected}, i) => judgeCase(results[i], expected, exercise.tolerance));
    const right = judged.filter(({good}) => good).length;
    tellVerdict(
      exercise, verdict, right === cases.length,
      `${right} of ${cases.length} cases, each within ${exercise.tolerance.toExponential(0)} of the kernel.`,
      make(
        'ul', {class: 'cases'},
        judged.map(({good, text}, i) => make('li', {}, make('span', {class: 'sign', text: good ? '✓' : '✗'}), `${cases[i].label}: ${text}`))));
  };
  return make('div', {}, area, make('div', {class: 'options'}, make('button', {type: 'button', text: 'run', onclick: judge}), make('button', {
                                      type: 'button',
                                      text: 'start again',
                                      onclick: () => {
                                        area.value = exercise.start;
                                      }
                                    })));
}

const BODIES = {
  choose: chooseBody,
  number: numberBody,
  code: codeBody
};

export function exerciseBox(exercise, progress) {
  const done = make('span', {class: 'done', text: progress.has(exercise.id) ? 'answered' : ''});
  const one = {
    ...exercise,
    kept: progress.codeOf(exercise.id),
    onwritten: code => progress.addCode(exercise.id, code),
    onright: () => {
      progress.add(exercise.id);
      done.textContent = 'answered';
    }
  };
  const verdict = make('div', {class: 'verdict', role: 'status'});
  return make(
    'section', {class: 'exercise', 'data-exercise': exercise.id, 'data-kind': exercise.kind},
    make('h3', {}, TITLES[exercise.kind] ?? make('code', {text: /function (.*) {/.exec(exercise.start)[1]}), done), make('p', {}, exercise.text),
    BODIES[exercise.kind](one, verdict), verdict);
}
