import assert from 'node:assert/strict';
import test from 'node:test';
import {compareTexts, readyText} from '../../lib/report/page/meaning.mjs';

const compare = (a, b) => {
  const [before, after] = [a, b].map(lines => readyText(lines, lines));
  const {match, changed} = compareTexts(before, after);
  return {match: [...match], changed: [...changed]};
};

test('renumbering and indentation are no change', () => {
  const result = compare(['func @f() {', '  %0 = a.b', '  c.d %0', '}'],
                         ['func @f() {', '    %7 = a.b', '    c.d %7', '}']);
  assert.deepEqual(result, {match: [0, 1, 2, 3], changed: [0, 0, 0, 0]});
});

test('an operand that means something else is marked, and it alone', () => {
  const result = compare(['func @f() {', '  %0 = a.b', '  %1 = a.c', '  d.e %0, %1', '}'],
                         ['func @f() {', '  %0 = a.b', '  %1 = a.c', '  d.e %0, %0', '}']);
  assert.deepEqual(result, {match: [0, 1, 2, 3, 4], changed: [0, 0, 0, 0b10, 0]});
});

test('the use of a value whose op changed is marked', () => {
  const result = compare(['func @f() {', '  %0 = a.b', '  d.e %0', '}'], ['func @f() {', '  %0 = a.x', '  d.e %0', '}']);
  assert.deepEqual(result, {match: [0, -1, 2, 3], changed: [0, 0, 1, 0]});
});

test('an alias that was renumbered is no change, one that means another is', () => {
  const before = ['#map = m<a>', '#map1 = m<b>', 'x.y {m = #map1}'];
  assert.deepEqual(compare(before, ['#map = m<b>', 'x.y {m = #map}']), {match: [-1, 0, 1], changed: [0, 0, 0]});
  assert.deepEqual(compare(before, ['#map = m<a>', '#map1 = m<b>', 'x.y {m = #map}']).changed, [0, 0, 1]);
});
