// The list of passes: a bar for the time of each, grouped by phase, with a filter.
import {asSeconds} from './numbers.mjs';
import {make} from './dom.mjs';

// The step shown for `id`, or else the first that has a text.
export function findStep(steps, id) {
  return steps.find(step => String(step.id) === String(id)) ?? steps.find(({text}) => text !== null) ?? steps[0];
}

// The text that was in force after `step`: its own, or that of the last pass before it that has one.
export function textAfter(steps, step) {
  for (let at = steps.indexOf(step); at >= 0; at--)
    if (steps[at].text !== null && steps[at].text !== undefined) return steps[at];
  return null;
}

// The step whose text `step` is compared with: the last one before it, if it is of one kind.
export function stepBefore(steps, step, kindOf) {
  const shown = textAfter(steps, step);
  for (let at = steps.indexOf(step) - 1; at >= 0; at--) {
    const before = steps[at];
    if (before.text === null || before.text === undefined || (step === shown && before.text === step.text)) continue;
    return kindOf(before) === kindOf(shown) ? before : null;
  }
  return null;
}

// Whether `step` is one that the words of `filter` name.
export function passesFilter(step, filter, changedOnly) {
  const text = `${step.phase} ${step.pass}`.toLowerCase();
  return (!changedOnly || step.changed) && filter.toLowerCase().split(/\s+/).every(word => text.includes(word));
}

// The name of a pass as the list has room for it.
export const shortName = pass => pass.replace(/^cria-(fuse-)?/, '');

export class Timeline {
  constructor(report, onpick) {
    this.report = report;
    this.longest = Math.max(...report.steps.map(({seconds}) => seconds), 1e-9);
    this.filter = make('input', {type: 'search', placeholder: 'filter passes', 'aria-label': 'filter passes', oninput: () => this.apply()});
    this.changed = make('input', {type: 'checkbox', onchange: () => this.apply()});
    this.items = report.steps.map(step => ({step, element: this.item(step, onpick)}));
    this.groups = report.phases.map(phase => this.group(phase));
    this.element = make('nav', {class: 'timeline', 'aria-label': 'passes'},
      make('div', {class: 'filter'}, this.filter, make('label', {}, this.changed, ' changed only')),
      make('div', {class: 'phases'}, this.groups.map(({element}) => element)));
  }
  item(step, onpick) {
    // The root of the time: passes differ by factors of a thousand.
    const width = Math.max(1, 100 * Math.sqrt(step.seconds / this.longest));
    return make('li', {class: step.changed ? '' : 'unchanged'}, make('button', {
      onclick: () => onpick(step), title: `${step.pass}: ${step.summary ?? ''}`},
      make('span', {class: 'pass', text: shortName(step.pass)}), make('span', {class: 'time', text: step.seconds ? asSeconds(step.seconds) : ''}),
      make('span', {class: 'bar', style: `width: ${width}%`})));
  }
  group({name, purpose}) {
    const mine = this.items.filter(({step}) => step.phase === name);
    const seconds = mine.reduce((sum, {step}) => sum + step.seconds, 0);
    return {mine, element: make('section', {}, make('h2', {title: purpose}, name, make('span', {class: 'time', text: asSeconds(seconds)})),
      make('ol', {}, mine.map(({element}) => element)))};
  }
  shown() {
    return this.items.filter(({step}) => passesFilter(step, this.filter.value, this.changed.checked)).map(({step}) => step);
  }
  apply() {
    const shown = new Set(this.shown());
    for (const {step, element} of this.items) element.hidden = !shown.has(step);
    for (const {mine, element} of this.groups) element.hidden = !mine.some(({step}) => shown.has(step));
  }
  mark(current) {
    for (const {step, element} of this.items) {
      const button = element.firstChild;
      if (step === current) {
        button.setAttribute('aria-current', 'step');
        button.scrollIntoView({block: 'nearest', inline: 'nearest'});
      } else button.removeAttribute('aria-current');
    }
  }
}
