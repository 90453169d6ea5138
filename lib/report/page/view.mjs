// Shows rows of code. Only the rows in sight are in the document, so that long texts stay quick.
import {make} from './dom.mjs';
import {paintRuler, rowElement} from './line.mjs';
import {baseName, namesIn} from './names.mjs';
import {nextChange, reveal, toggleFold} from './rows.mjs';

const HEIGHT = 18; // of a row, as in page.css

export class CodeView {
  // `onpin` is told of a name that is clicked: ({side, definition, name, line}); `online` of a line
  // that is clicked elsewhere, counted from 0.
  constructor(label, onpin, online) {
    Object.assign(this, {onpin, online});
    this.body = make('div', {class: 'rows'});
    this.space = make('div', {class: 'space'});
    this.scroller = make('div', {class: 'code', tabindex: 0, role: 'region', 'aria-label': label,
      onscroll: () => this.paint(), onclick: event => this.click(event)}, this.space, this.body);
    this.ruler = make('canvas', {class: 'ruler', 'aria-hidden': 'true', onclick: event =>
      this.goTo(Math.floor(event.offsetY / this.ruler.clientHeight * this.rows.length))});
    this.element = make('div', {class: 'viewer'}, this.scroller, this.ruler);
    this.rows = [];
    this.marked = new Set();
    this.current = -1;
  }
  // before and after are {lines, names, first, traced}: the number of the first line, and whether a
  // line, counted from it, comes from what is followed.
  show({before, after, rows, kind}) {
    Object.assign(this, {before, after, rows, base: rows, kind, pinned: null, current: -1, marked: new Set()});
    this.scroller.scrollTop = 0;
    this.refresh();
  }
  refresh() {
    this.space.style.height = `${this.rows.length * HEIGHT}px`;
    this.paint();
    paintRuler(this);
  }
  side(row) { return row.kind === '-' ? this.before : this.after; }
  lineOf(row) { return row.kind === '-' ? row.a : row.b; }
  textOf(row) { return row.kind === '…' ? '' : this.side(row).lines[this.lineOf(row)]; }
  paint() {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / HEIGHT) - 8);
    const last = Math.min(this.rows.length, first + Math.ceil(this.scroller.clientHeight / HEIGHT) + 16);
    this.body.style.transform = `translateY(${first * HEIGHT}px)`;
    this.body.replaceChildren();
    for (let at = first; at < last; at++) this.body.append(rowElement(this, this.rows[at], at));
  }
  click(event) {
    const row = event.target.closest('.row');
    if (!row) return;
    const at = Number(row.dataset.at);
    if (event.target.closest('.fold')) {
      this.base = this.rows = toggleFold(this.rows, at, shown => this.textOf(shown));
      this.marked = new Set();
      this.refresh();
    } else if (event.target.dataset.nth !== undefined) this.pin(at, Number(event.target.dataset.nth));
    else this.online?.(this.lineOf(this.rows[at]) + (this.side(this.rows[at]).first ?? 1) - 1);
  }
  // Pins the nth name of the row at `at`, and tells what it is.
  pin(at, nth) {
    const row = this.rows[at], side = this.side(row), line = this.lineOf(row);
    const definition = side.names.means[side.names.first[line] + nth];
    this.pinned = {side, definition, name: baseName(namesIn(side.lines[line])[nth].text), line};
    this.current = at;
    this.refresh();
    this.onpin?.(this.pinned);
  }
  // Pins `name` where the current row has it.
  pinNamed(name) {
    const nth = namesIn(this.textOf(this.rows[this.current] ?? this.rows[0])).findIndex(({text}) => baseName(text) === name);
    if (nth >= 0) this.pin(this.current, nth);
  }
  // Marks rows whose text holds `query`, folded ones too; how many.
  find(query) {
    const text = query.toLowerCase(), wanted = row => this.textOf(row).toLowerCase().includes(text);
    this.rows = text ? reveal(this.base, wanted) : this.base;
    this.marked = new Set(text ? [...this.rows.keys()].filter(at => wanted(this.rows[at])) : []);
    this.current = -1;
    this.refresh();
    return this.marked.size;
  }
  nextFound(step) {
    const found = [...this.marked], from = this.current;
    const at = step > 0 ? found.find(k => k > from) ?? found[0] : found.findLast(k => k < from) ?? found.at(-1);
    if (at !== undefined) this.goTo(at);
  }
  nextChange(step) {
    const at = nextChange(this.rows, this.current, step);
    if (at >= 0) this.goTo(at);
  }
  goTo(at) {
    this.current = at;
    this.scroller.scrollTop = Math.max(0, at * HEIGHT - this.scroller.clientHeight / 3);
    this.paint();
  }
  // Brings a line of the text after, by its number, in sight.
  goToLine(number) {
    const line = number - (this.after.first ?? 1), wanted = row => row.b === line && row.kind !== '-';
    this.base = this.rows = reveal(this.rows, wanted);
    this.refresh();
    const at = this.rows.findIndex(wanted);
    if (at >= 0) this.goTo(at);
  }
  isTraced(row) { return row.kind !== '…' && Boolean(this.side(row).traced?.(this.lineOf(row))); }
  usesPinned(row) {
    if (!(this.pinned?.definition >= 0) || row.kind === '…' || this.side(row) !== this.pinned.side) return false;
    const {first, means} = this.pinned.side.names, line = this.lineOf(row);
    for (let k = first[line]; k < first[line + 1]; k++) if (means[k] === this.pinned.definition) return true;
    return false;
  }
}
