import assert from 'node:assert/strict';
import test from 'node:test';
import {longestIncreasing, matchLines, numberLines} from '../../lib/report/page/diff.mjs';

const match = (a, b) => [...matchLines(...numberLines([...a], [...b]))];

// A generator of numbers that are the same in each run.
function drawn(seed) {
  return () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
}

test('equal texts correspond line by line', () => assert.deepEqual(match('abc', 'abc'), [0, 1, 2]));
test('an insertion, a removal', () => {
  assert.deepEqual(match('abd', 'abcd'), [0, 1, 3]);
  assert.deepEqual(match('abcd', 'abd'), [0, 1, -1, 2]);
});
test('repeated lines without unique ones', () => assert.deepEqual(match('aabb', 'abab').filter(j => j >= 0).length, 3));
test('nothing in common, nothing at all', () => {
  assert.deepEqual(match('ab', 'cd'), [-1, -1]);
  assert.deepEqual(match('', 'cd'), []);
  assert.deepEqual(match('ab', ''), [-1, -1]);
});
test('a line that moved counts once', () => assert.deepEqual(match('abcde', 'bcdea'), [-1, 0, 1, 2, 3]));

test('the longest increasing run', () => {
  const pairs = [3, 0, 4, 1, 2, 5].map((b, a) => [a, b]);
  assert.deepEqual(longestIncreasing(pairs).map(([, b]) => b), [0, 1, 2, 5]);
  assert.deepEqual(longestIncreasing([]), []);
});

test('drawn texts: matches are equal lines, in order, and as many as can be', () => {
  const random = drawn(7);
  for (let round = 0; round < 300; round++) {
    const text = () => Array.from({length: Math.floor(random() * 12)}, () => 'abc'[Math.floor(random() * 3)]);
    const [a, b] = [text(), text()], found = match(a, b);
    const pairs = found.map((j, i) => [i, j]).filter(([, j]) => j >= 0);
    for (const [i, j] of pairs) assert.equal(a[i], b[j]);
    for (let k = 1; k < pairs.length; k++) assert.ok(pairs[k][1] > pairs[k - 1][1]);
    if (a.every(x => a.filter(y => y === x).length > 1)) assert.equal(pairs.length, common(a, b));
  }
});

// The length of the longest common subsequence, by the textbook.
function common(a, b) {
  const table = Array.from({length: a.length + 1}, () => new Array(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i][j] = a[i - 1] === b[j - 1] ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
  return table[a.length][b.length];
}

test('texts of which all changed take no time', () => {
  const random = drawn(3), lines = () => Array.from({length: 20000}, () => Math.floor(random() * 50));
  const start = process.cpuUsage();
  matchLines(Int32Array.from(lines()), Int32Array.from(lines()));
  assert.ok(process.cpuUsage(start).user < 1e6);
});
