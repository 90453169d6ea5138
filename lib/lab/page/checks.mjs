// Claims as checks: what kernels computed, how far it is from what is claimed, and how far it may be.
import {make} from '../../report/page/dom.mjs';

const shortNumber = value => value === 0           ? '0' :
  Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5 ? value.toExponential(1) :
                                                     String(Number(value.toPrecision(3)));

function checkRow({claim, difference, tolerance}) {
  const good = difference <= tolerance;
  return make(
    'tr', {class: good ? 'holds' : 'fails'},
    make(
      'th', {scope: 'row'}, make('span', {class: 'sign', text: good ? '✓' : '✗'}),
      make('span', {class: 'unseen', text: good ? 'holds: ' : 'fails: '}), claim),
    make('td', {class: 'number', text: shortNumber(difference)}), make('td', {class: 'number', text: shortNumber(tolerance)}));
}

// A table of [{claim, difference, tolerance}].
export function checkTable(rows) {
  return make(
    'div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'checks'},
    make(
      'table', {class: 'checks'}, make('caption', {text: 'Checked on this page, just now, with the compiled kernels'}),
      make('thead', {}, make('tr', {}, ['claim', 'difference', 'allowed'].map(text => make('th', {scope: 'col', text})))),
      make('tbody', {}, rows.map(checkRow))));
}
