import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {cutLines, definitionOf, referenceOf} from '../../lib/lab/page/definitions.mjs';
import {differenceOf, dot, drawn, frequencyOf, layerNorm, lengthOf, pairAt, rmsNorm, rope, scaledFrequency} from '../../lib/lab/page/formula.mjs';
import {greatestOf} from '../../lib/lab/page/attention.mjs';
import {keysMade, multiplyAdds, scoresMade, scoresSoFar} from '../../lib/lab/page/grid.mjs';
import {judgeCase} from '../../lib/lab/page/judge.mjs';
import {pairsOf} from '../../lib/lab/page/layouts.mjs';
import {Progress} from '../../lib/lab/page/progress.mjs';
import {Tokenizer} from '../../lib/lab/page/tokenizer.mjs';

const root = new URL('../../', import.meta.url);
const text = name => readFileSync(new URL(name, root), 'utf8');

test('texts and tokens are those of the reference tokenizer', () => {
  const tokenizer = new Tokenizer(JSON.parse(text('models/stories/tokenizer.json')));
  const {cases} = JSON.parse(text('tests/goldens/stories/greedy.json'));
  let compared = 0;
  for (const {text: said, prompt} of cases)
    if (said !== undefined) {
      assert.deepEqual(tokenizer.encode(said), prompt);
      compared++;
    }
  assert.ok(compared > 0);
  for (const said of ['Once upon a time', 'It’s 12,345 “ümlauts” 🦙\n\n  and\tspace', "WE'LL"])
    assert.equal(tokenizer.decode(tokenizer.encode(said)), said);
  assert.equal(tokenizer.encode('<|eot_id|>').length, 2);
  assert.match(tokenizer.encode('🦙').slice(1).map(id => tokenizer.name(id)).join(''), /^(⟨[0-9a-f ]+⟩)+$/);
});

test('drawn numbers are the same each time, and in (-1, 1)', () => {
  assert.deepEqual(drawn(5, 1), drawn(5, 1));
  assert.notDeepEqual(drawn(5, 1), drawn(5, 2));
  assert.ok(drawn(1000, 3).every(value => Math.abs(value) < 1));
});

test('norms: a mean square of one, and a mean of zero', () => {
  const x = drawn(8, 4), ones = new Array(8).fill(1);
  assert.ok(Math.abs(dot(rmsNorm(x, ones, 0), rmsNorm(x, ones, 0)) - 8) < 1e-12);
  assert.ok(Math.abs(dot(layerNorm(x, ones, 0), ones)) < 1e-12);
});

test('rotation keeps lengths, and turns the pair of its layout', () => {
  const x = [1, 0, 0, 0], quarter = [Math.PI / 2, 0];
  assert.ok(differenceOf(rope(x, quarter, 'half'), [0, 0, 1, 0]) < 1e-12);
  assert.ok(differenceOf(rope(x, quarter, 'interleaved'), [0, 1, 0, 0]) < 1e-12);
  assert.ok(Math.abs(lengthOf(rope(drawn(4, 1), [1, 2], 'half')) - lengthOf(drawn(4, 1))) < 1e-12);
  assert.deepEqual([pairAt(1, 8, 'half'), pairAt(1, 8, 'interleaved')], [[1, 5], [2, 3]]);
});

test('llama3 keeps high frequencies, divides low ones, and leads from one to the other', () => {
  const scaling = {factor: 8, low: 1, high: 4, context: 256};
  assert.equal(scaledFrequency(1, scaling), 1);
  assert.equal(scaledFrequency(1e-4, scaling), 1e-4 / 8);
  const edge = 2 * Math.PI / 256;
  assert.ok(Math.abs(scaledFrequency(edge, scaling) - edge / 8) < 1e-12);
  assert.ok(Math.abs(scaledFrequency(4 * edge, scaling) - 4 * edge) < 1e-12);
  assert.equal(frequencyOf(0, 32, 5e5), 1);
});

test('work with a cache and without one adds up', () => {
  for (const cached of [false, true])
    for (let n = 1; n < 20; n++)
      assert.equal(scoresSoFar(n, cached), scoresSoFar(n - 1, cached) + scoresMade(n, cached));
  assert.deepEqual([keysMade(9, true), keysMade(9, false)], [1, 9]);
  const sizes = {vocab: 7, hidden: 4, layers: 3, heads: 2, kvHeads: 1, headDim: 2, ffn: 5}, projections = 4 * (4 + 2 + 2 + 4 + 5 + 5 + 5);
  assert.equal(multiplyAdds(sizes, 1, true), 3 * (projections + 2 * 4) + 28);
  assert.equal(multiplyAdds(sizes, 1, true), multiplyAdds(sizes, 1, false));
  assert.equal(multiplyAdds(sizes, 3, false), 3 * (3 * projections + 2 * 4 * 6) + 28);
});

test('a case is judged by the kernel, and the first difference is named', () => {
  assert.ok(judgeCase([1, 2], [1, 2.000001], 1e-5).good);
  assert.match(judgeCase([1, 3], [1, 2], 1e-5).text, /element 1 is 3.*2\.00000/);
  assert.match(judgeCase([1], [1, 2], 1e-5).text, /1 numbers, and 2/);
  assert.equal(judgeCase([NaN], [1], 1e-5).good, false);
});

test('progress is kept, and a page that may keep nothing works', () => {
  const kept = new Map(), storage = {getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value)};
  new Progress(storage).add('a');
  assert.ok(new Progress(storage).has('a'));
  const refusing = {getItem() { throw new Error('no'); }, setItem() { throw new Error('no'); }};
  const progress = new Progress(refusing);
  progress.add('a');
  assert.ok(progress.has('a') && !new Progress(null).has('a'));
  kept.set('cria-lab', 'no JSON');
  assert.ok(!new Progress(storage).has('a'));
});

test('progress goes out as text and comes in again; other texts change nothing', () => {
  const one = new Progress(null), other = new Progress(null);
  one.add('a');
  one.addCode('b', 'function f() {\n}');
  other.add('c');
  other.read(one.toText());
  assert.deepEqual([[...other.answered], other.codeOf('b')], [['c', 'a'], 'function f() {\n}']);
  for (const text of ['', 'null', '7', '[]', '{"answered": 3}', '{"answered": ["x", 4]}', '{"answered": ["x"], "code": {"b": 1}}'])
    try {
      other.read(text);
    } catch { /* as it may */
    }
  assert.deepEqual([[...other.answered], other.codeOf('b')], [['c', 'a'], 'function f() {\n}']);
});

test('both layouts put each pair twice, side by side or half a vector apart', () => {
  assert.deepEqual([pairsOf(6, 'half'), pairsOf(6, 'interleaved')], [[0, 1, 2, 0, 1, 2], [0, 0, 1, 1, 2, 2]]);
});

test('the greatest weights are named, greatest first', () => {
  assert.deepEqual(greatestOf(Float32Array.of(0.1, 0.6, 0.05, 0.25), 2), [1, 3]);
});

test('definitions are cut out of the sources', () => {
  const files = {'Norm.td': text('dialect/ops/Norm.td'), 'Ops.cpp': text('lib/reference/Ops.cpp')};
  assert.match(definitionOf(files, 'Norm.td', 'RmsNorm'), /^def Cria_RmsNormOp[^]*root-mean-square[^]*\n}$/);
  assert.match(referenceOf(files, 'rmsNorm'), /^Tensor rmsNorm\([^]*\n}$/);
  assert.equal(cutLines('a\nb', /c/, '}'), '');
});
