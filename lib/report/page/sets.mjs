// Two fusion sets side by side: boxes merge, numbers change, and so does the IR.
import {showAnswer} from './compare.mjs';
import {choice, make, sourceOf, table} from './dom.mjs';
import {pinnedFacts} from './facts.mjs';
import {kernelGraph} from './graph.mjs';
import {asBytes, asCount, asFlops, asNumberOf, asPercent, totalCost} from './numbers.mjs';
import {sectionsOf} from './sections.mjs';
import {toggled} from './shared.mjs';
import {CodeView} from './view.mjs';

// The name of a set: all, none, `only x`, or the shorter of the fusions it lacks and those it has.
export function nameOfSet({fuse}, fusions) {
  if (fuse.length === fusions.length) return 'all fusions';
  if (!fuse.length) return 'no fusion';
  if (fuse.length === 1) return `only ${fuse[0]}`;
  const missing = fusions.filter(({name}) => !fuse.includes(name));
  return missing.length < fuse.length ? `without ${missing.map(({name}) => name).join(', ')}` : fuse.join(', ');
}

// Whether a list offers `set` at any time: all subsets would be 256 entries.
const hasName = ({fuse}, fusions) => fuse.length <= 1 || fuse.length >= fusions.length - 1;

const kernelsOf = (set, entry) => set.kernels.filter(kernel => kernel.entry === entry).map((kernel, at) => ({
  ...kernel, id: kernel.id ?? kernel.name ?? String(at), label: kernel.label ?? kernel.name.split('.').slice(1).join('.')}));

export class Sets {
  // `ask` is the worker's, `go` changes the address.
  constructor(report, ask, go) {
    Object.assign(this, {report, ask, go});
    this.tools = make('div', {class: 'tools'});
    this.summary = make('div', {});
    this.pictures = make('div', {class: 'pair'});
    this.changes = make('p', {class: 'changes', role: 'status'});
    this.pin = make('div', {});
    this.view = new CodeView('IR of both sets', pin => this.pin.replaceChildren(pinnedFacts(pin, line => this.view.goToLine(line))));
    this.element = make('div', {class: 'sets'}, this.tools, this.summary, this.pictures,
      make('h2', {text: 'IR after the phase fuse'}), this.changes, this.view.element, this.pin);
  }
  // The set at `index` of the address, or the one whose switches are `on`.
  pick(index, on) {
    const {sets} = this.report;
    return sets[index] ?? sets.find(set => set.fuse.length === on) ?? sets[0];
  }
  async show(place) {
    const {report} = this, {sets, fusions} = report;
    const left = this.pick(place.left, 0), right = this.pick(place.right ?? report.chosen, fusions.length);
    const entry = place.entry === 'prefill' ? 'prefill' : 'decode', context = place.context ?? report.contexts[0];
    const named = shown => sets.flatMap((set, at) => set === shown || at === report.chosen || hasName(set, fusions) ? [[at, nameOfSet(set, fusions)]] : []);
    this.tools.replaceChildren(
      choice('left', named(left), sets.indexOf(left), value => this.go({left: value})),
      choice('right', named(right), sets.indexOf(right), value => this.go({right: value})),
      make('button', {text: 'swap', onclick: () => this.go({left: sets.indexOf(right), right: sets.indexOf(left)})}),
      make('button', {text: 'IR of both', onclick: () => this.view.element.scrollIntoView()}),
      choice('entry point', [['decode', 'decode'], ['prefill', 'prefill']], entry, value => this.go({entry: value})),
      choice('context', report.contexts.map(n => [n, `${asCount(n)} tokens`]), context, value => this.go({context: value})));
    const [a, b] = [left, right].map(set => totalCost(kernelsOf(set, entry), context));
    const row = (name, key, format) => [name, format(a[key]), format(b[key]), a[key] ? asPercent(b[key] / a[key] - 1) : '0'];
    this.summary.replaceChildren(
      table(`a call of ${entry}`, ['', nameOfSet(left, fusions), nameOfSet(right, fusions), 'change'],
        [row('kernels', 'kernels', asCount), row('bytes', 'bytes', asBytes), row('operations', 'flops', asFlops)]),
      this.differences(left, right));
    const graphs = [left, right].map(() => make('div', {}));
    const paint = () => {
      const width = Math.max(320, Math.floor((this.pictures.clientWidth - 16) / (this.pictures.clientWidth > 760 ? 2 : 1)));
      [left, right].forEach((set, at) => graphs[at].replaceChildren(
        kernelGraph(kernelsOf(set, entry), {width, context, label: `kernels with ${nameOfSet(set, fusions)}`})));
    };
    this.pictures.replaceChildren(...[left, right].map((set, at) => make('section', {},
      make('h2', {text: nameOfSet(set, fusions)}), this.switches(set, ['left', 'right'][at]), graphs[at])));
    this.changed?.();
    this.changed = null;
    this.repaint = () => {
      paint();
      this.view.refresh();
    };
    paint();
    await this.compare(left, right, entry);
  }
  // The entry point in the IR of both sets, with what differs.
  async compare(...shown) {
    const [left, right, entry] = this.compared = shown;
    const sources = [left, right].map(({text}) => sourceOf(this.report, text));
    const outlines = await Promise.all(sources.map(after => this.ask({outline: true, after})));
    const ranges = outlines.map(({lines}) => sectionsOf(lines, 'mlir').find(({name}) => name === entry)).map(({first, last}) => [first, last]);
    const answer = await this.ask({before: sources[0], after: sources[1], ranges});
    if (this.compared !== shown) return; // another choice since
    this.changes.textContent = showAnswer(this.view, answer, {ranges, kind: 'mlir', folded: true});
    this.pin.replaceChildren();
  }
  // A switch for each fusion of the set on `side`. It is off limits if the page lacks the set that it leads to.
  switches(set, side) {
    const {sets, fusions} = this.report;
    const label = `fusions to the ${side}`;
    return make('div', {class: 'switches', role: 'group', 'aria-label': label}, fusions.map(({name, summary}, bit) => {
      const next = toggled(sets, set, bit);
      const box = make('input', {type: 'checkbox', checked: set.fuse.includes(name), disabled: !next, onchange: () => {
        this.changed = () => this.pictures.querySelectorAll(`[aria-label="${label}"] input`)[bit].focus();
        this.go({[side]: sets.indexOf(next)});
      }});
      return make('label', {title: next ? summary : `${summary}; this page lacks that set`}, box, make('code', {text: name}));
    }));
  }
  // Which fusions differ, and what they do.
  differences(left, right) {
    const changed = this.report.fusions.filter(({name}) => left.fuse.includes(name) !== right.fuse.includes(name));
    return make('details', {}, make('summary', {text: `${asNumberOf(changed.length, 'fusion')} ${changed.length === 1 ? 'differs' : 'differ'}`}), make('dl', {class: 'fusions'},
      changed.flatMap(({name, summary}) => [make('dt', {text: `${right.fuse.includes(name) ? '+' : '−'} ${name}`}), make('dd', {text: summary})])));
  }
}
