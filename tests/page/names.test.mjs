import assert from 'node:assert/strict';
import test from 'node:test';
import {linesNaming, nameless, namesIn, resolveNames, typesAt}
  from '../../lib/report/page/names.mjs';

// What the nth name of line `at` means: [line, place] of its definition, or null.
function meaning(lines, at, nth) {
  const {first, means, line, place} = resolveNames(lines);
  const d = means[first[at] + nth];
  return d < 0 ? null : [line[d], place[d]];
}

const LOOP = [
  '#map = affine_map<(d0) -> (d0)>',
  'func.func @f(%arg0: index, %arg1: tensor<4xf32>) {',
  '  %0:2 = scf.for %arg2 = %arg0 to %arg0 iter_args(%arg3 = %arg1) -> (index, f32) {',
  '    %1 = a.b %arg2 {map = #map}',
  '    c.d %1, %arg3',
  '  }',
  '  %1 = a.b %0#1 : f32',
  '  return %1',
  '}',
  'func.func @g(%arg0: f32) {',
  '  return %arg0',
  '}',
];

test('names are found with their places, but not in strings', () => {
  assert.deepEqual(namesIn('%0#1 = "%no" #map ^bb1 #cria.kind<x>'),
                   [{text: '%0#1', at: 0}, {text: '#map', at: 13}, {text: '^bb1', at: 18}]);
});

test('a region has its own names, and its arguments', () => {
  assert.deepEqual(meaning(LOOP, 3, 1), [2, 1]);
  assert.deepEqual(meaning(LOOP, 4, 0), [3, 0]);
  assert.deepEqual(meaning(LOOP, 4, 1), [2, 4]);
});

test('a name that a region used too means the one of its own block', () => {
  assert.deepEqual(meaning(LOOP, 7, 0), [6, 0]);
  assert.deepEqual(meaning(LOOP, 6, 1), [2, 0]);
});

test('functions do not share names', () => assert.deepEqual(meaning(LOOP, 10, 0), [9, 0]));

test('an alias means the line that declares it', () => assert.deepEqual(meaning(LOOP, 3, 2), [0, 0]));

test('blocks of one region see each other, and uses above their definition', () => {
  const lines = ['func.func @f() {', '  br ^bb2', '^bb1(%0: i1):', '  x.y %1, %0', '^bb2:', '  %1 = a.b',
                 '  br ^bb1(%1)', '}'];
  assert.deepEqual(meaning(lines, 3, 0), [5, 0]);
  assert.deepEqual(meaning(lines, 1, 0), [4, 0]);
  assert.deepEqual(meaning(lines, 6, 0), [2, 0]);
});

test('LLVM: phis name what comes below, labels are names', () => {
  const lines = ['define void @f(i64 %0) {', '  br label %2', '2:', '  %3 = phi i64 [ %0, %1 ], [ %4, %2 ]',
                 '  %4 = add i64 %3, 1', '  br label %2', '}', 'define void @g(i64 %0) {', '  ret i64 %4', '}'];
  assert.deepEqual(meaning(lines, 3, 3), [4, 0]);
  assert.deepEqual(meaning(lines, 3, 4), [2, -1]);
  assert.equal(meaning(lines, 8, 0), null);
});

test('lines that name a value', () => {
  const names = resolveNames(LOOP);
  assert.deepEqual(linesNaming(names, names.means[names.first[2]]), [2, 6]);
});

test('a line without names and depth', () => {
  assert.equal(nameless('    %12 = a.b %3#1, "%4" {m = #map3}'), '% = a.b %, "%4" {m = #}');
});

test('types: of an argument its own, of an op what it states', () => {
  assert.equal(typesAt(LOOP[1], '%arg1', 1), 'tensor<4xf32>');
  assert.equal(typesAt('  %1 = a.b %2 : f32 -> i1', '%1', 0), 'f32 -> i1');
  assert.equal(typesAt('  %1 = cria.kernel "q" -> tensor<4xf32> {', '%1', 0), 'tensor<4xf32>');
});

test('a hundred thousand lines are resolved in a second', () => {
  const lines = ['func.func @f() {'];
  for (let i = 0; i < 100000; i++) lines.push(`  %${i + 1} = a.b %${i}`);
  const start = process.cpuUsage();
  resolveNames(lines);
  assert.ok(process.cpuUsage(start).user < 1e6 * 2);
});
