// Formulas as MathML, from text such as `y_i = \frac{x_i}{\sqrt{m + ε}} · g_i`.
import {make} from '../../report/page/dom.mjs';

const MATH = 'http://www.w3.org/1998/Math/MathML';

function mathElement(tag, ...children) {
  const element = document.createElementNS(MATH, tag);
  element.append(...children);
  return element;
}

function thinSpace() {
  const space = mathElement('mspace');
  space.setAttribute('width', '0.17em');
  return space;
}

const WORD = /^(?:\\([a-z]+)|([A-Za-zα-ωΑ-Ω′]+)|(\d+(?:\.\d+)?)|(.))/u;

class FormulaReader {
  constructor(text) {
    this.rest = text.trim();
  }
  next() {
    const match = WORD.exec(this.rest);
    this.rest = this.rest.slice(match[0].length).trimStart();
    return match;
  }
  group() {
    if (this.rest[0] !== '{') return this.atom();
    this.next();
    const inner = this.row('}');
    this.next();
    return inner;
  }
  atom() {
    const [all, command, name, number] = this.next();
    if (command === 'frac') return mathElement('mfrac', this.group(), this.group());
    if (command === 'sqrt') return mathElement('msqrt', this.group());
    if (command === 'sum') return mathElement('mo', '∑');
    if (command) return mathElement('mi', command);
    if (name === 'cos' || name === 'sin') return mathElement('mrow', thinSpace(), mathElement('mi', name), thinSpace());
    if (name) return mathElement('mi', name);
    const element = mathElement(number ? 'mn' : 'mo', all);
    if (!number) element.setAttribute('stretchy', 'false');
    return element;
  }
  scripted() {
    const base = this.atom();
    const scripts = {};
    while (this.rest[0] === '_' || this.rest[0] === '^') scripts[this.next()[0]] = this.group();
    if (scripts._ && scripts['^']) return mathElement('msubsup', base, scripts._, scripts['^']);
    if (scripts._) return mathElement('msub', base, scripts._);
    return scripts['^'] ? mathElement('msup', base, scripts['^']) : base;
  }
  row(end) {
    const parts = [];
    while (this.rest && this.rest[0] !== end) parts.push(this.scripted());
    return mathElement('mrow', ...parts);
  }
}

// Formulas one below the other, each in a box that scrolls if it must.
export function formulas(...texts) {
  return make('div', {class: 'formulas'}, texts.map((text, at) => {
    const math = mathElement('math', new FormulaReader(text).row());
    math.setAttribute('display', 'block');
    return make('div', {class: 'formula', tabindex: 0, role: 'region', 'aria-label': `formula ${at + 1}`}, math);
  }));
}
