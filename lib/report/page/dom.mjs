// Making elements. Facts of a report are only ever text, never markup.

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties))
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const make = (tag, properties = {}, ...children) =>
    fill(document.createElement(tag), properties, children);

export const draw = (tag, properties = {}, ...children) =>
    fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);

export const byId = id => document.getElementById(id);

// A text of the report as the worker takes it, by its number.
export function sourceOf(report, number) {
  const {id, kind} = report.texts.find(({id}) => id === number);
  return {id: String(id), kind, packed: byId(`text-${id}`).textContent};
}

// The JSON in a data block, or null.
export const dataIn = id => byId(id) ? JSON.parse(byId(id).textContent) : null;

// A table: heads and rows of text, numbers or elements. Numbers stand to the right.
export function table(caption, heads, rows) {
  const cell = (value, tag, scope) => make(tag, {
    scope, class: typeof value === 'string' && /^[-+−±<]?[\d.]/.test(value) ? 'number' : null},
    value instanceof Node ? value : String(value));
  return make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption},
    make('table', {}, make('caption', {text: caption}),
      make('thead', {}, make('tr', {}, heads.map(head => cell(head, 'th', 'col')))),
      make('tbody', {}, rows.map(row => make('tr', {},
        row.map((value, at) => cell(value, at ? 'td' : 'th', at ? null : 'row')))))));
}

// A labelled select; options are [value, text].
export function choice(label, options, value, onchange) {
  const select = make('select', {onchange: () => onchange(select.value)},
    options.map(([at, text]) => make('option', {value: at, text, selected: String(at) === String(value)})));
  return make('label', {class: 'field'}, make('span', {text: label}), select);
}
