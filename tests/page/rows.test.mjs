import assert from 'node:assert/strict';
import test from 'node:test';
import {countKinds, foldUnchanged, nextChange, plainRows, reveal, rowsOf, toggleFold}
  from '../../lib/report/page/rows.mjs';

const kinds = rows => rows.map(({kind}) => kind).join('');

test('rows tell what is in both, and pair what replaces what', () => {
  const rows = rowsOf({match: [0, -1, 2], changed: [0, 0, 1]}, 4);
  assert.equal(kinds(rows), ' -+~+');
  assert.equal(rows[1].pair, rows[2]);
  assert.equal(rows[2].pair, rows[1]);
  assert.deepEqual(countKinds(rows), {added: 2, removed: 1, retargeted: 1});
});

test('what did not change is folded, and can be shown again', () => {
  const match = [...Array(20).keys()];
  const rows = rowsOf({match, changed: new Array(20).fill(0)}, 21);
  const folded = foldUnchanged(rows);
  assert.equal(kinds(folded), '…   +');
  assert.deepEqual(toggleFold(folded, 0), rows);
});

test('nothing is folded where one row would be', () => {
  const rows = rowsOf({match: [0, 1, 2, 3], changed: [0, 0, 0, 0]}, 5);
  assert.equal(kinds(foldUnchanged(rows)), '    +');
});

const TEXT = ['f {', '  a {', '  ^bb1:', '    b', '  }', '  c', '}'];
const textOf = row => TEXT[row.b] ?? '';

test('a region folds up to its end, and back', () => {
  const rows = plainRows(TEXT.length), inner = toggleFold(rows, 1, textOf);
  assert.equal(kinds(inner), '  …   ');
  assert.equal(inner[2].hidden.length, 2);
  const outer = toggleFold(inner, 0, textOf);
  assert.equal(kinds(outer), ' … ');
  assert.equal(toggleFold(rows, 3, textOf), rows);
});

test('a find shows rows in folds, at any depth', () => {
  const outer = toggleFold(toggleFold(plainRows(TEXT.length), 1, textOf), 0, textOf);
  const shown = reveal(outer, ({b}) => b === 3);
  assert.ok(shown.some(({b}) => b === 3));
  assert.ok(!shown.some(({b}) => b === 5));
});

test('changes are gone to by runs', () => {
  const rows = [...'  ++ ~'].map(kind => ({kind}));
  assert.equal(nextChange(rows, -1, 1), 2);
  assert.equal(nextChange(rows, 2, 1), 5);
  assert.equal(nextChange(rows, 5, 1), -1);
  assert.equal(nextChange(rows, 5, -1), 2);
});
