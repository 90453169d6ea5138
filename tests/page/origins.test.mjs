// Blocks of the model followed from the spec to the code.
import assert from 'node:assert/strict';
import test from 'node:test';
import {kernelsFrom, linesFrom, linesIn, originAt, stations} from '../../lib/report/page/origins.mjs';

const report = {
  origins: [{name: 'norm', lines: [1]}, {name: 'mlp', lines: [2]}],
  texts: [{id: 0, kind: 'spec', lines: 4, origins: [1, 0, 2, 1, 3, -1]}, {id: 1, kind: 'mlir', lines: 9, origins: [2, 0, 3, 1, 5, -1, 7, 1]},
          {id: 2, kind: 'llvm', lines: 20, origins: []}, {id: 3, kind: 'asm', lines: 30, origins: []}],
  steps: [{id: 0, phase: 'model', pass: 'spec', text: 0}, {id: 1, phase: 'schedule', pass: 'split', text: 1, lines: []},
          {id: 2, phase: 'schedule', pass: 'choose', text: 1, lines: [['decode.a', 1, 2], ['decode.b', 3, 5], ['decode.c', 8, 8]]},
          {id: 3, phase: 'code', pass: 'llvm', text: 2, lines: [['decode.a', 2, 3], ['decode.b', 5, 9]]}, {id: 4, phase: 'code', pass: 'asm', text: 3, lines: [['decode.c', 12, 14]]}],
};

test('a line comes from the run it is in', () => {
  assert.deepEqual([0, 1, 2, 4, 5, 7, 100].map(line => originAt([1, 0, 2, 1, 5, -1], line)), [-1, 0, 1, 1, -1, -1, -1]);
  assert.equal(originAt([], 3), -1);
});

test('the lines of a block, also the last of a text', () => {
  assert.deepEqual(linesFrom(report.texts[1].origins, 1, 9), [[3, 4], [7, 8]]);
  assert.deepEqual(linesFrom(report.texts[1].origins, 0, 9), [[2, 2]]);
});

test('kernels hold ops of blocks, and code the kernels', () => {
  assert.deepEqual(kernelsFrom(report, 0), ['decode.a']);
  assert.deepEqual(kernelsFrom(report, 1), ['decode.b', 'decode.c']);
  assert.deepEqual(linesIn(report, report.steps[3], 1), [[5, 9]]);
  assert.deepEqual(linesIn(report, report.steps[4], 1), [[12, 14]]);
  assert.deepEqual(linesIn(report, report.steps[4], 0), []);
});

test('a block is followed through the spec, the phases and the code', () => {
  assert.deepEqual(stations(report).map(({id}) => id), [0, 2, 3, 4]);
});
