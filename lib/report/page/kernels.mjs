// The view of kernels: the picture of an entry point, and all facts of the kernel that is chosen.
import {showAnswer} from './compare.mjs';
import {choice, make, sourceOf, table} from './dom.mjs';
import {remarkList} from './facts.mjs';
import {kernelGraph} from './graph.mjs';
import {asBytes, asCount, asFlops, asNumberOf, asSeconds, costAt, fullStep, totalCost} from './numbers.mjs';
import {kernelsFrom} from './origins.mjs';
import {plainRows} from './rows.mjs';
import {sectionsOf} from './sections.mjs';
import {shortName} from './timeline.mjs';
import {CodeView} from './view.mjs';

// Remarks about `kernel`: those in its entry that name a weight it reads, or an op that only it may
// hold, as linears are told apart by their weights.
export function remarksOf(report, kernel) {
  const set = report.sets?.[report.chosen];
  const all = set?.remarks?.length ? set.remarks : report.remarks;
  const weights = kernel.reads.filter(({from}) => from === 'weights').map(({what}) => what);
  const ops = kernel.ops.map(({name}) => name.replace('cria.', '')).filter(op => op !== 'linear');
  return all.filter(({function: inside, line, args}) => inside?.replace('@', '') === kernel.entry &&
    (weights.includes(`${line}.weight`) || ops.includes(args?.op)));
}

// The steps in whose text `kernel` can be shown alone.
export function stepsWith(report, kernel) {
  const ids = new Set(report.texts.filter(({kind}) => kind !== 'spec').map(({id}) => id));
  const last = report.steps.findLastIndex(step => step.lines?.some(([id]) => id === kernel.id));
  return report.steps.filter((step, at) => ids.has(step.text) && (at >= last || step.lines?.some(([id]) => id === kernel.id)));
}

function trafficTable(report, kernel, context) {
  const step = fullStep(kernel, context), label = id => report.kernels.find(k => k.id === id)?.label ?? id;
  const row = ({from, to, after, what, bytes}) => [what, from ? `from ${label(from)}${after ? `, then ${label(after)}` : ''}` : `to ${label(to)}`, asBytes(costAt(bytes, step))];
  return table('reads and writes of one call', ['what', 'where', 'bytes'], [...kernel.reads, ...kernel.writes].map(row));
}

// What a schedule says, as pairs: `#cria.schedule<tiles = [0, 1], block = [6, 16]>`.
export const scheduleParts = text => [...(text ?? '').matchAll(/(\w+) = (\[[^\]]*\]|"[^"]*"|[^,>]+)/g)].map(([, key, value]) => [key, value]);

// The kernel of `entry` that moves most, which is where a reader wants to look first.
function busiest(kernels, entry, context) {
  const moved = kernel => totalCost([kernel], context).bytes;
  const mine = kernels.filter(kernel => kernel.entry === entry);
  return (mine.length ? mine : kernels).reduce((a, b) => moved(b) > moved(a) ? b : a);
}

export class Kernels {
  constructor(report, ask, go) {
    Object.assign(this, {report, ask, go});
    this.tools = make('div', {class: 'tools'});
    this.picture = make('div', {class: 'picture'});
    this.detail = make('section', {class: 'detail', 'aria-label': 'kernel'});
    this.element = make('div', {class: 'kernels'}, this.tools, this.picture, this.detail);
    this.code = new CodeView('code of the kernel', pin => this.pinned(pin));
  }
  async show(place) {
    const {report} = this;
    const entries = report.entries.filter(entry => report.kernels.some(kernel => kernel.entry === entry));
    this.context = place.context ?? report.contexts[0];
    const picked = report.kernels.find(({id}) => id === place.kernel) ?? busiest(report.kernels, place.entry ?? 'decode', this.context);
    const mine = report.kernels.filter(({entry}) => entry === picked.entry), total = totalCost(mine, this.context);
    this.tools.replaceChildren(
      choice('entry point', entries.map(entry => [entry, entry]), picked.entry, entry => this.go({entry, kernel: null, step: null})),
      choice('context', report.contexts.map(n => [n, `${asCount(n)} tokens`]), this.context, context => this.go({context})),
      make('p', {role: 'status', text: `${asNumberOf(total.kernels, 'kernel')} a call, ${asBytes(total.bytes)}, ${asFlops(total.flops)}`}));
    const paint = () => this.picture.replaceChildren(kernelGraph(mine, {width: Math.max(320, this.picture.clientWidth), context: this.context,
      picked: picked.id, label: `kernels of ${picked.entry}`, onpick: ({id}) => this.go({kernel: id, step: null, line: null})}));
    this.repaint = paint;
    paint();
    await this.open(picked, place);
  }
  async open(kernel, place) {
    const {report} = this, step = fullStep(kernel, this.context), measured = measuredSeconds(report.machine, kernel, this.context);
    const steps = stepsWith(report, kernel);
    const shown = steps.find(({id}) => String(id) === String(place.step)) ?? steps[0];
    const remarks = remarksOf(report, kernel), fact = (name, value) => value ? [make('dt', {text: name}), make('dd', {}, value)] : [];
    const one = name => { const found = steps.find(({pass}) => pass === name); return found && make('button', {text: name === 'asm' ? 'assembly' : name, onclick: () => this.go({kernel: kernel.id, step: found.id})}); };
    this.detail.replaceChildren(make('h2', {text: kernel.name}),
      make('dl', {class: 'pairs'}, fact('runs', `${asCount(kernel.times)} × a call`),
        fact('moves', `${asBytes(costAt(kernel.bytes, step))} a run`), fact('computes', `${asFlops(costAt(kernel.flops, step))} a run`),
        fact('tokens', asCount(step.tokens)), fact('measured', measured && asSeconds(measured)),
        fact('from', this.originsOf(kernel)), fact('inner loop', this.loopOf(kernel, steps)),
        scheduleParts(kernel.schedule).flatMap(([key, value]) => fact(key, value))),
      trafficTable(report, kernel, this.context),
      table('ops', ['op', 'count'], kernel.ops.map(({name, count}) => [name, asCount(count)])),
      remarkList(remarks.filter(({kind}) => kind === 'passed'), 'fusions taken') ?? '', remarkList(remarks.filter(({kind}) => kind !== 'passed'), 'fusions missed') ?? '',
      make('div', {class: 'tools'}, choice('code after', steps.map(({id, phase, pass}) => [id, `${phase} › ${shortName(pass)}`]), shown?.id, id => this.go({kernel: kernel.id, step: id})),
        one('asm'), shown && make('button', {text: 'see what the pass changed', onclick: () => this.go({view: 'passes', step: shown.id, part: kernel.name})})),
      this.code.element, this.pin = make('div', {}));
    if (shown) await this.fill(kernel, shown, place.line);
  }
  // The loop it spends its time in, as llvm-mca sees it: a link to its assembly.
  loopOf(kernel, steps) {
    const code = steps.find(({pass}) => pass === 'asm'), {lines, instructions, cycles, at_least} = kernel.loop ?? {};
    return code && lines && make('button', {class: 'link', onclick: () => this.go({kernel: kernel.id, step: code.id, line: lines[0] + 1}),
      text: `${instructions} instructions, ${cycles.toFixed(1)} cycles a round, at least ${at_least.toFixed(1)} (llvm-mca)`});
  }
  // The blocks of the model that `kernel` computes, each a link to its line of the spec.
  originsOf(kernel) {
    const spec = this.report.steps.find(({pass}) => pass === 'spec');
    return this.report.origins.filter((_, at) => kernelsFrom(this.report, at).includes(kernel.name)).map(({name, lines}) => make('button', {
      class: 'link', text: name, onclick: () => this.go({view: 'passes', step: spec.id, origin: name, line: lines[0] + 1})}));
  }
  async fill(kernel, step, line) {
    const source = sourceOf(this.report, step.text), {kind} = source;
    const {lines} = await this.ask({outline: true, after: source});
    const part = sectionsOf(lines, kind, step.lines).find(({name}) => name === kernel.name);
    if (!part) return this.code.show({before: null, after: {lines: [`${kernel.name} is not in this text`], names: {first: [0, 0], means: []}}, rows: plainRows(1), kind});
    const ranges = [null, [part.first, part.last]];
    showAnswer(this.code, await this.ask({before: null, after: source, ranges}), {ranges, kind});
    if (line) this.code.goToLine(line);
  }
  pinned({name, side, definition}) {
    const uses = [...side.names.means].filter(d => d === definition).length - 1;
    this.pin.textContent = definition < 0 ? `${name} is defined outside` : `${name}: defined in line ${side.names.line[definition] + side.first}, ${asNumberOf(uses, 'use')}`;
  }
}

// The measured seconds of one run of `kernel` after `context` tokens, or null.
export function measuredSeconds(machine, kernel, context) {
  const run = machine?.measured?.find(at => at.entry === kernel.entry && at.context === context);
  const found = run?.kernels.find(({name}) => name === kernel.name || name === kernel.label);
  return found ? found.seconds / found.calls : null;
}
