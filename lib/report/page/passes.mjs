// The view of passes: the list, the code after a pass beside that before, and the facts.
import {showAnswer} from './compare.mjs';
import {choice, make, sourceOf} from './dom.mjs';
import {pinnedFacts, stepFacts} from './facts.mjs';
import {asCount} from './numbers.mjs';
import {sectionsOf} from './sections.mjs';
import {findStep, shortName, stepBefore, textAfter, Timeline} from './timeline.mjs';
import {CodeView} from './view.mjs';

const MODES = [['changes', 'changes'], ['all', 'all lines'], ['after', 'code after only']];
const MOST_LINES = 40000; // shown whole; longer texts by their parts

export class Passes {
  // `ask` is the worker's, `go` changes the address.
  constructor(report, ask, go) {
    Object.assign(this, {report, ask, go, mode: 'changes', sections: new Map()});
    this.kinds = new Map(report.texts.map(({id, kind}) => [id, kind]));
    this.timeline = new Timeline(report, step => go({step: step.id, with: null, line: null, name: null}));
    this.view = new CodeView('code', pin => this.pinned(pin));
    this.facts = make('aside', {class: 'facts', 'aria-label': 'facts'});
    this.bar = make('div', {class: 'tools'});
    this.found = make('output', {});
    this.counts = make('p', {class: 'changes', role: 'status'});
    this.find = make('input', {type: 'search', id: 'find', placeholder: 'find in code', 'aria-label': 'find in code', oninput: () => {
      const count = this.view.find(this.find.value);
      this.found.textContent = this.find.value ? `${asCount(count)} found` : '';
      if (count) this.view.nextFound(1);
    }});
    this.element = make('div', {class: 'passes'}, this.timeline.element,
      make('div', {class: 'work'}, this.bar, this.counts, this.view.element), this.facts);
  }
  kindOf(step) { return this.kinds.get(step.text); }
  source(step) { return sourceOf(this.report, step.text); }
  // The parts of a step's text, found once.
  async sectionsOf(step) {
    const key = step.id;
    if (!this.sections.has(key)) {
      const {lines} = await this.ask({outline: true, after: this.source(step)});
      this.sections.set(key, sectionsOf(lines, this.kindOf(step), step.lines));
    }
    return this.sections.get(key);
  }
  async show(place) {
    const {steps} = this.report;
    this.step = findStep(steps, place.step);
    this.timeline.mark(this.step);
    const shown = textAfter(steps, this.step);
    const chosen = place.with && textAfter(steps, findStep(steps, place.with));
    const before = chosen || stepBefore(steps, this.step, step => this.kindOf(step));
    this.facts.replaceChildren(stepFacts(this.report, this.step, before));
    if (!shown) return;
    const parts = [await this.sectionsOf(shown), before ? await this.sectionsOf(before) : []];
    const lines = this.report.texts.find(({id}) => id === shown.text).lines;
    const part = place.part ?? (lines > MOST_LINES ? parts[0][0]?.name : '');
    const ranges = [1, 0].map(at => parts[at].find(({name}) => name === part)).map(found => found && [found.first, found.last]);
    if (part && !ranges[1]) return this.show({...place, part: ''});
    this.tools(place, before, parts[0], part);
    const compared = before && this.mode !== 'after' && (!part || ranges[0]) ? before : null;
    const answer = await this.ask({before: compared && this.source(compared), after: this.source(shown), ranges});
    if (textAfter(steps, this.step) === shown) this.fill(place, answer, ranges, shown);
  }
  fill(place, answer, ranges, shown) {
    this.counts.textContent = showAnswer(this.view, answer, {ranges, kind: this.kindOf(shown), folded: this.mode === 'changes'});
    if (place.line) this.view.goToLine(place.line);
    if (place.line && place.name) this.view.pinNamed(place.name);
  }
  tools(place, before, parts, part) {
    const {steps} = this.report, kind = this.kindOf(textAfter(steps, this.step));
    const others = steps.filter(step => step.text !== null && step !== this.step && this.kindOf(step) === kind);
    const button = (text, label, onclick) => make('button', {text, title: label, 'aria-label': label, onclick});
    this.bar.replaceChildren(
      choice('compare with', [...(before ? [] : [['', 'nothing']]), ...others.map(({id, phase, pass}) => [id, `${phase} › ${shortName(pass)}`])],
        before?.id ?? '', value => this.go({with: value})),
      choice('part', [['', 'whole module'], ...parts.map(({name}) => [name, name])], part ?? '', value => this.go({part: value, line: null, name: null})),
      choice('show', MODES, this.mode, value => {
        this.mode = value;
        this.show({...place, line: null});
      }),
      make('span', {class: 'group'}, this.find, button('↑', 'previous found', () => this.view.nextFound(-1)),
        button('↓', 'next found', () => this.view.nextFound(1)), this.found),
      make('span', {class: 'group'}, button('‹ change', 'previous change (p)', () => this.view.nextChange(-1)),
        button('change ›', 'next change (n)', () => this.view.nextChange(1))));
  }
  pinned(pin) {
    const before = textAfter(this.report.steps, this.step);
    this.facts.replaceChildren(pinnedFacts(pin, line => this.view.goToLine(line)), stepFacts(this.report, this.step, before === this.step ? null : before));
    this.go({step: this.step.id, line: pin.line + (pin.side.first ?? 1), name: pin.name}, true);
  }
  // The next or previous pass that the filter shows.
  move(by) {
    const shown = this.timeline.shown(), at = shown.indexOf(this.step) + by;
    if (shown[at]) this.go({step: shown[at].id, with: null, line: null, name: null});
  }
}
