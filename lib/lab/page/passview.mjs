// What the compiler does to an op: its IR before and after each pass that changed it, and its code.
import {byId, choice, make} from '../../report/page/dom.mjs';
import {countKinds, foldUnchanged, plainRows, rowsOf} from '../../report/page/rows.mjs';
import {CodeView} from '../../report/page/view.mjs';

const textSource = (number, kind) => ({id: String(number), kind, packed: byId(`text-${number}`).textContent});

class PassView {
  constructor(ops, ask) {
    Object.assign(this, {ops, ask, op: ops[0], at: 0, whole: false});
    this.code = new CodeView('intermediate representation');
    this.tools = make('div', {class: 'tools'});
    this.note = make('p', {class: 'soft', role: 'status'});
    this.element = make('div', {class: 'passview'}, this.tools, this.note, this.code.element);
  }
  go(change) {
    Object.assign(this, change);
    this.at = Math.max(0, Math.min(this.op.steps.length - 1, this.at));
    return this.show();
  }
  async show() {
    const {op, at} = this, step = op.steps[at], before = op.steps[at - 1];
    const move = (by, label) => make('button', {text: label, disabled: !op.steps[at + by], onclick: () => this.go({at: at + by})});
    this.tools.replaceChildren(
      this.ops.length > 1 ? choice('op', this.ops.map(({name}, i) => [i, name]), this.ops.indexOf(op), i => this.go({op: this.ops[i], at: 0})) : '',
      choice('after', op.steps.map(({phase, pass}, i) => [i, `${phase} › ${pass.replace(/^cria-/, '')}`]), at, i => this.go({at: Number(i)})),
      make('span', {class: 'group'}, move(-1, '‹ pass'), move(1, 'pass ›')),
      choice('show', [['', 'changes'], ['all', 'all lines']], this.whole ? 'all' : '', value => this.go({whole: value === 'all'})));
    const answer = await this.ask({before: before && textSource(before.text, 'mlir'), after: textSource(step.text, 'mlir')});
    if (this.op.steps[this.at] !== step) return;
    let rows = answer.before ? rowsOf(answer, answer.after.lines.length) : plainRows(answer.after.lines.length);
    const {added, removed, retargeted} = countKinds(rows);
    if (answer.before && !this.whole) rows = foldUnchanged(rows);
    this.note.textContent = `${at + 1} of ${op.steps.length}: ${step.summary}. ${
      before ? `${added} lines added, ${removed} removed, ${retargeted} with another operand.` : ''}`;
    this.code.show({...answer, rows, kind: 'mlir'});
  }
}

// Code of two machines side by side.
async function fillCode(view, number, ask) {
  const {after} = await ask({before: null, after: textSource(number, 'asm')});
  view.show({before: null, after, rows: plainRows(after.lines.length), kind: 'asm'});
}

// What begins only once a reader opens it: it may be long.
export function lazily(title, build) {
  const box = make('details', {class: 'lazy'}, make('summary', {text: title}));
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) build(box);
  });
  return box;
}

export function passBoxes(lab, names) {
  const ops = names.map(name => lab.about.ops.find(op => op.name === name));
  return [
    lazily(
      `Its IR, pass by pass: ${names.join(', ')}`,
      async box => {
        const view = new PassView(ops, lab.ask);
        box.append(view.element);
        await view.show();
      }),
    lazily(
      `Its code, for this page and for ${lab.about.cpu}`,
      async box => {
        const [wasm, host] = ['WebAssembly', lab.about.triple].map(title => new CodeView(`code: ${title}`));
        const fill = async op => {
          await fillCode(wasm, op.wasm, lab.ask);
          await fillCode(host, op.host, lab.ask);
        };
        const pick = ops.length > 1 ? choice('op', ops.map(({name}, i) => [i, name]), 0, i => fill(ops[i])) : '';
        box.append(
          make('div', {class: 'tools'}, pick),
          make(
            'div', {class: 'codes'}, make('section', {}, make('h3', {text: 'WebAssembly, which runs in this page'}), wasm.element),
            make('section', {}, make('h3', {text: `${lab.about.triple}, ${lab.about.cpu}`}), host.element)));
        await fill(ops[0]);
      })
  ];
}
