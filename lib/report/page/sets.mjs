// Two fusion sets side by side: boxes merge, numbers change.
import {choice, make, table} from './dom.mjs';
import {kernelGraph} from './graph.mjs';
import {asBytes, asCount, asFlops, asPercent, totalCost} from './numbers.mjs';

// The name of a set: all, none, `only x`, `without x`, or the fusions it has.
export function nameOfSet({fuse}, fusions) {
  if (fuse.length === fusions.length) return 'all fusions';
  if (!fuse.length) return 'no fusion';
  if (fuse.length === 1) return `only ${fuse[0]}`;
  const missing = fusions.filter(({name}) => !fuse.includes(name));
  return missing.length === 1 ? `without ${missing[0].name}` : fuse.join(', ');
}

const kernelsOf = (set, entry) => set.kernels.filter(kernel => kernel.entry === entry).map((kernel, at) => ({
  ...kernel, id: kernel.id ?? kernel.name ?? String(at), label: kernel.label ?? kernel.name.split('.').slice(1).join('.')}));

export class Sets {
  constructor(report, go) {
    Object.assign(this, {report, go});
    this.tools = make('div', {class: 'tools'});
    this.summary = make('div', {});
    this.pictures = make('div', {class: 'pair'});
    this.element = make('div', {class: 'sets'}, this.tools, this.summary, this.pictures);
  }
  // The set at `index` of the address, or the one whose switches are `on`.
  pick(index, on) {
    const {sets} = this.report;
    return sets[index] ?? sets.find(set => set.fuse.length === on) ?? sets[0];
  }
  show(place) {
    const {report} = this, {sets, fusions} = report;
    const left = this.pick(place.left, 0), right = this.pick(place.right ?? report.chosen, fusions.length);
    const entry = place.entry === 'prefill' ? 'prefill' : 'decode', context = place.context ?? report.contexts[0];
    const options = sets.map((set, at) => [at, nameOfSet(set, fusions)]);
    this.tools.replaceChildren(
      choice('left', options, sets.indexOf(left), value => this.go({left: value})),
      choice('right', options, sets.indexOf(right), value => this.go({right: value})),
      make('button', {text: 'swap', onclick: () => this.go({left: sets.indexOf(right), right: sets.indexOf(left)})}),
      choice('entry point', [['decode', 'decode'], ['prefill', 'prefill']], entry, value => this.go({entry: value})),
      choice('context', report.contexts.map(n => [n, `${asCount(n)} tokens`]), context, value => this.go({context: value})));
    const [a, b] = [left, right].map(set => totalCost(kernelsOf(set, entry), context));
    const row = (name, key, format) => [name, format(a[key]), format(b[key]), a[key] ? asPercent(b[key] / a[key] - 1) : '0'];
    this.summary.replaceChildren(
      table(`a call of ${entry}`, ['', nameOfSet(left, fusions), nameOfSet(right, fusions), 'change'],
        [row('kernels', 'kernels', asCount), row('bytes', 'bytes', asBytes), row('operations', 'flops', asFlops)]),
      this.switches(left, right));
    const paint = () => {
      const width = Math.max(320, Math.floor((this.pictures.clientWidth - 16) / (this.pictures.clientWidth > 760 ? 2 : 1)));
      this.pictures.replaceChildren(...[left, right].map(set => make('section', {}, make('h2', {text: nameOfSet(set, fusions)}),
        kernelGraph(kernelsOf(set, entry), {width, context, label: `kernels with ${nameOfSet(set, fusions)}`}))));
    };
    this.repaint = paint;
    paint();
  }
  // Which fusions differ, and what they do.
  switches(left, right) {
    const changed = this.report.fusions.filter(({name}) => left.fuse.includes(name) !== right.fuse.includes(name));
    return make('details', {}, make('summary', {text: `${changed.length} fusions differ`}), make('dl', {class: 'fusions'},
      changed.flatMap(({name, summary}) => [make('dt', {text: `${right.fuse.includes(name) ? '+' : '−'} ${name}`}), make('dd', {text: summary})])));
  }
}
