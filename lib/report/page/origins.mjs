// Where code comes from: the blocks of the model, which are lines of its spec, found in every step.
import {make} from './dom.mjs';
import {asCount, asNumberOf} from './numbers.mjs';
import {shortName} from './timeline.mjs';

const textOf = (report, step) => report.texts.find(({id}) => id === step?.text);
const isCode = kind => kind === 'llvm' || kind === 'asm';

// The origin of a line, counted from 0; -1 if it has none. `runs` are [line, origin, line, origin …].
export function originAt(runs, line) {
  let low = 0, high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[2 * middle] <= line) low = middle + 1;
    else high = middle;
  }
  return low ? runs[2 * low - 1] : -1;
}

// The lines, [first, last] counted from 0, of a text of `count` lines that come from `origin`.
export function linesFrom(runs, origin, count) {
  const found = [];
  for (let k = 0; k < runs.length; k += 2)
    if (runs[k + 1] === origin) found.push([runs[k], (runs[k + 2] ?? count) - 1]);
  return found;
}

const meets = (ranges, first, last) => ranges.some(([from, to]) => from <= last && first <= to);

// The names of kernels with ops that come from `origin`, as they were before they became loops.
export function kernelsFrom(report, origin) {
  const step = report.steps.findLast(({phase, text}) => phase === 'schedule' && text !== null);
  const text = textOf(report, step);
  if (!text?.origins) return [];
  const ranges = linesFrom(text.origins, origin, text.lines);
  return step.lines.filter(([, first, last]) => meets(ranges, first, last)).map(([name]) => name);
}

// The lines of a step that come from `origin`. LLVM keeps no names of blocks: of its code they are
// those of the kernels.
export function linesIn(report, step, origin) {
  const text = textOf(report, step);
  if (!text) return [];
  if (!isCode(text.kind)) return linesFrom(text.origins ?? [], origin, text.lines);
  const kernels = kernelsFrom(report, origin);
  return step.lines.filter(([name]) => kernels.includes(name)).map(([, first, last]) => [first, last]);
}

// The steps to follow a block through: the spec, the last of each phase, and the code.
export function stations(report) {
  const shown = report.steps.filter(step => textOf(report, step));
  return shown.filter((step, at) => step.pass === 'spec' || isCode(textOf(report, step).kind) || shown[at + 1]?.phase !== step.phase);
}

// What `origin`, an index, is and where it went. `go` changes the address.
export function originFacts(report, origin, go) {
  if (!(origin >= 0)) return null;
  const {name} = report.origins[origin];
  const station = step => {
    const ranges = linesIn(report, step, origin);
    const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const where = ranges.length ? `line ${asCount(ranges[0][0] + 1)}${count > 1 ? `, ${asNumberOf(count, 'line')}` : ''}` : 'gone';
    return make('li', {}, make('button', {class: 'link', disabled: !ranges.length, text: `${step.phase} › ${shortName(step.pass)}: ${where}`,
      onclick: () => go({view: 'passes', step: step.id, with: null, part: null, origin: name, line: ranges[0][0] + 1, name: null})}));
  };
  return make('section', {class: 'pinfacts'}, make('h2', {text: name}), make('p', {class: 'soft', text: 'A block of the model: its lines, from the spec to the code.'}),
    make('ol', {class: 'lines'}, stations(report).map(station)));
}
