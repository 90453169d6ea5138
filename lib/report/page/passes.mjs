// The view of passes: the list, the code after a pass beside that before, and the facts.
import {showAnswer} from './compare.mjs';
import {choice, make, sourceOf} from './dom.mjs';
import {pinnedFacts, stepFacts} from './facts.mjs';
import {asCount} from './numbers.mjs';
import {linesIn, originAt, originFacts} from './origins.mjs';
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
    this.view = new CodeView('code', pin => this.pinned(pin), line => this.follow(line));
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
    this.origin = this.report.origins.findIndex(({name}) => name === place.origin);
    this.facts.replaceChildren(...this.originFacts(this.origin), stepFacts(this.report, this.step, before));
    if (!shown) return;
    const parts = [await this.sectionsOf(shown), before ? await this.sectionsOf(before) : []];
    const lines = this.report.texts.find(({id}) => id === shown.text).lines;
    const inside = place.line ? parts[0].findLast(({first, last}) => first <= place.line && place.line <= last) : parts[0][0];
    const part = place.part ?? (lines > MOST_LINES ? inside?.name : '');
    const ranges = [1, 0].map(at => parts[at].find(({name}) => name === part)).map(found => found && [found.first, found.last]);
    if (part && !ranges[1]) return this.show({...place, part: ''});
    this.tools(place, before, parts[0], part);
    const compared = before && this.mode !== 'after' && (!part || ranges[0]) ? before : null;
    const answer = await this.ask({before: compared && this.source(compared), after: this.source(shown), ranges});
    Object.assign(this, {shown, compared});
    if (textAfter(steps, this.step) === shown) this.fill(place, answer, ranges, shown);
  }
  // Marks lines that come from the block that is followed; the number of the first, or none.
  trace(side, step, range) {
    if (!side || !(this.origin >= 0)) return null;
    const first = range?.[0] ?? 1, ranges = linesIn(this.report, step, this.origin).map(lines => lines.map(at => at + 1 - first));
    side.traced = line => ranges.some(([from, to]) => from <= line && line <= to);
    return ranges.length ? ranges[0][0] + first : null;
  }
  fill(place, answer, ranges, shown) {
    this.trace(answer.before, this.compared, ranges[0]);
    const traced = this.trace(answer.after, shown, ranges[1]);
    this.counts.textContent = showAnswer(this.view, answer, {ranges, kind: this.kindOf(shown), folded: this.mode === 'changes'});
    if (place.line ?? traced) this.view.goToLine(place.line ?? traced);
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
      choice('follow', [['', 'nothing'], ...this.report.origins.map(({name, lines}) => [name, `${name}, line ${lines[0] + 1} of the spec`])],
        place.origin ?? '', value => this.go({origin: value, line: null, name: null})),
      choice('show', MODES, this.mode, value => {
        this.mode = value;
        this.show({...place, line: null});
      }),
      make('span', {class: 'group'}, this.find, button('↑', 'previous found', () => this.view.nextFound(-1)),
        button('↓', 'next found', () => this.view.nextFound(1)), this.found),
      make('span', {class: 'group'}, button('‹ change', 'previous change (p)', () => this.view.nextChange(-1)),
        button('change ›', 'next change (n)', () => this.view.nextChange(1))));
  }
  originFacts(origin) { return [originFacts(this.report, origin, this.go)].filter(Boolean); }
  originOf(step, line) { return originAt(this.report.texts.find(({id}) => id === step.text).origins ?? [], line); }
  // Follows the block that a line of the spec is.
  follow(line) {
    const origin = this.kindOf(this.shown) === 'spec' ? this.originOf(this.shown, line) : -1;
    if (origin >= 0) this.go({origin: this.report.origins[origin].name, line: line + 1, name: null});
  }
  pinned(pin) {
    const {side, definition} = pin, line = definition < 0 ? pin.line : side.names.line[definition];
    const origin = this.originOf(side === this.view.before ? this.compared : this.shown, line + (side.first ?? 1) - 1);
    const before = textAfter(this.report.steps, this.step);
    this.facts.replaceChildren(pinnedFacts(pin, line => this.view.goToLine(line)), ...this.originFacts(origin), stepFacts(this.report, this.step, before === this.step ? null : before));
    this.go({step: this.step.id, line: pin.line + (pin.side.first ?? 1), name: pin.name}, true);
  }
  // The next or previous pass that the filter shows.
  move(by) {
    const shown = this.timeline.shown(), at = shown.indexOf(this.step) + by;
    if (shown[at]) this.go({step: shown[at].id, with: null, line: null, name: null});
  }
}
