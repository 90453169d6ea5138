import assert from 'node:assert/strict';
import test from 'node:test';

import {toggled, withShared} from '../../lib/report/page/shared.mjs';

test('sets get the kernels and remarks that they share', () => {
  const data = withShared({
    shared: {kernels: [{id: 'a'}, {id: 'b'}], remarks: [{message: 'm'}]},
    sets: [{kernels: [1, 0], remarks: []}, {kernels: [1], remarks: [0]}]
  });
  assert.deepEqual(data.sets, [{kernels: [{id: 'b'}, {id: 'a'}], remarks: []}, {kernels: [{id: 'b'}], remarks: [{message: 'm'}]}]);
});

test('a study has no sets', () => assert.deepEqual(withShared({study: {}}), {study: {}}));

test('a switch leads to the set that differs in one fusion, if it is there', () => {
  const sets = [{on: 0}, {on: 1}, {on: 2}, {on: 7}];
  assert.equal(toggled(sets, sets[0], 1), sets[2]);
  assert.equal(toggled(sets, sets[2], 1), sets[0]);
  assert.equal(toggled(sets, sets[3], 0), undefined);
});
