// Modules that turn facts into what is shown, without a document.
import assert from 'node:assert/strict';
import test from 'node:test';
import {readAddress, writeAddress} from '../../lib/report/page/address.mjs';
import {layOut, loopOf} from '../../lib/report/page/graph.mjs';
import {measuredSeconds, remarksOf, scheduleParts, stepsWith} from '../../lib/report/page/kernels.mjs';
import {actionOf} from '../../lib/report/page/keys.mjs';
import {asBytes, asFlops, asNumberOf, asSeconds, costAt, totalCost} from '../../lib/report/page/numbers.mjs';
import {decades, roundTicks, scale} from '../../lib/report/page/plot.mjs';
import {limitsOf, pointsOf} from '../../lib/report/page/roofline.mjs';
import {sectionsOf} from '../../lib/report/page/sections.mjs';
import {nameOfSet} from '../../lib/report/page/sets.mjs';
import {studyPlots} from '../../lib/report/page/study.mjs';
import {findStep, passesFilter, stepBefore, textAfter} from '../../lib/report/page/timeline.mjs';

const kernel = (id, more = {}) => ({id, name: `decode.${id}`, label: id, entry: 'decode', times: 1, ops: [], reads: [], writes: [],
                                    bytes: [100, 0, 0, 0], flops: [200, 0, 0, 0], schedule: null, ...more});

test('an address is read as it was written', () => {
  const place = {view: 'passes', step: 's<3>', line: 12, name: '%arg0#1 &x='};
  assert.deepEqual(readAddress(writeAddress({...place, with: null})), place);
  assert.deepEqual(readAddress('#line=x&context=-1'), {});
});

test('numbers are read at a glance', () => {
  assert.deepEqual([0, 999, 1000, 98560, 999999, 2.5e9].map(asBytes), ['0 B', '999 B', '1 kB', '98.6 kB', '1.00 MB', '2.50 GB']);
  assert.equal(asFlops(2130000), '2.13 MFLOP');
  assert.deepEqual([2, 0.2, 0.0021, 3.4e-6, 5e-9, 1e-10].map(asSeconds), ['2.00 s', '200 ms', '2.1 ms', '3.4 µs', '5 ns', '< 1 ns']);
  assert.deepEqual([0, 1, 2000].map(n => asNumberOf(n, 'round')), ['0 rounds', '1 round', '2,000 rounds']);
});

test('a cost has four terms', () => {
  assert.equal(costAt([1, 10, 100, 1000], {tokens: 2, context: 5}), 1 + 20 + 700 + 1000 * (10 + 3));
  assert.equal(costAt([0, 0, 0, 0, 7], {tokens: 3, context: 5}), 63);
  assert.deepEqual(totalCost([kernel('a', {times: 4}), kernel('b')], 0), {bytes: 500, flops: 1000, kernels: 5});
});

test('functions and kernels are parts of a text', () => {
  const text = ['module {', '  func.func private @decode(%a: i1) {', '    %0 = cria.kernel "q" {', '    }', '  }', '  func.func private @declared()', '}'];
  assert.deepEqual(sectionsOf(text, 'mlir', [['decode.q', 2, 3]]),
                   [{name: 'decode', first: 2, last: 5}, {name: 'decode.q', first: 3, last: 4}]);
  assert.deepEqual(sectionsOf(['define void @"x.y"(i1 %0) {', '  ret void', '}'], 'llvm'), [{name: 'x.y', first: 1, last: 3}]);
  const assembly = ['\t.text', 'decode.q:', '\tmovq %a, %b', '.LBB0_1:', '\tret', '\t.size decode.q, 3', 'table:', '\t.quad 1'];
  assert.deepEqual(sectionsOf(assembly, 'asm').filter(({name}) => name === 'decode.q'), [{name: 'decode.q', first: 2, last: 5}]);
});

const STEPS = [{id: 0, phase: 'model', pass: 'emit', text: 0, changed: true}, {id: 1, phase: 'model', pass: 'cse', text: null, changed: false},
               {id: 2, phase: 'fuse', pass: 'group', text: 1, changed: true, lines: [['decode.q', 1, 2]]}, {id: 3, phase: 'code', pass: 'asm', text: 2, changed: true}];
const kindOf = step => ['mlir', 'mlir', 'asm'][step.text];

test('steps: their texts, and those before them', () => {
  assert.equal(findStep(STEPS, '2'), STEPS[2]);
  assert.equal(findStep(STEPS, 'none'), STEPS[0]);
  assert.equal(textAfter(STEPS, STEPS[1]), STEPS[0]);
  assert.equal(stepBefore(STEPS, STEPS[2], kindOf), STEPS[0]);
  assert.equal(stepBefore(STEPS, STEPS[1], kindOf), STEPS[0]);
  assert.equal(stepBefore(STEPS, STEPS[3], kindOf), null);
  assert.deepEqual(STEPS.map(step => passesFilter(step, 'mod e', true)), [true, false, false, false]);
});

test('a kernel has its steps, remarks, schedule and measured time', () => {
  const q = kernel('q', {id: 'decode.q', reads: [{from: 'weights', what: 'model.layers.{}.self_attn.q_proj.weight', bytes: [8, 0, 0, 0]}], ops: [{name: 'cria.linear', count: 1}, {name: 'cria.rope', count: 1}]});
  const texts = ['mlir', 'mlir', 'asm'].map((kind, id) => ({id, kind}));
  assert.deepEqual(stepsWith({steps: STEPS, texts}, q), [STEPS[2], STEPS[3]]);
  const remark = (function_, line, op) => ({function: function_, line, args: {op}});
  const remarks = [remark('decode', 'model.layers.{}.self_attn.q_proj', 'linear'), remark('decode', 'model.layers.{}.mlp.up_proj', 'linear'),
                   remark('decode', 'model.layers.{}.self_attn', 'rope'), remark('prefill', 'x', 'rope')];
  assert.deepEqual(remarksOf({remarks}, q), [remarks[0], remarks[2]]);
  assert.deepEqual(scheduleParts('#cria.schedule<tiles = [0, 1], unit = "fma", depth = 512>'), [['tiles', '[0, 1]'], ['unit', '"fma"'], ['depth', '512']]);
  const machine = {measured: [{entry: 'decode', context: 0, kernels: [{name: 'decode.q', calls: 4, seconds: 2}]}]};
  assert.equal(measuredSeconds(machine, q, 0), 0.5);
  assert.equal(measuredSeconds(machine, q, 1024), null);
});

test('the picture: edges of a chain, of weights, of the loop', () => {
  const read = (from, after) => ({from, after, what: 'x', bytes: [64, 0, 0, 0]});
  const kernels = [kernel('a'), kernel('b', {times: 4, reads: [read('a', 'c'), read('weights')]}),
                   kernel('c', {times: 4, reads: [read('b')], writes: [{to: 'cache', what: 'k', bytes: [8, 0, 0, 0]}]})];
  const {edges, loop, boxes} = layOut(kernels, 800, 0);
  assert.deepEqual(loop, {first: 1, last: 2, times: 4});
  assert.deepEqual(edges.map(({kind, from, to}) => `${kind} ${from} ${to}`).sort(), ['back 2 1', 'chain 0 1', 'chain 1 2', 'outer weights 1', 'store 2 cache']);
  for (const width of [320, 560, 1400])
    for (const box of layOut(kernels, width, 0).boxes) assert.ok(box.x > 0 && box.x + box.width < width);
  assert.equal(boxes.length, 3);
  assert.equal(loopOf([kernel('a')]), null);
});

test('the roofline: what binds each kernel', () => {
  const limits = limitsOf({read: 100, peaks: {fma: 1000, dot_bf16: 4000}});
  assert.deepEqual(limits, {read: 100, peak: 1000, unit: 'fma'});
  assert.equal(limitsOf(null), null);
  const [memory, compute] = pointsOf([kernel('a'), kernel('b', {flops: [2000, 0, 0, 0]})], [0], limits, null);
  assert.deepEqual([memory.bound, memory.predicted, compute.bound, compute.predicted], ['memory', 1, 'compute', 2]);
});

test('scales and ticks', () => {
  assert.equal(scale([1, 100], [0, 10], true)(10), 5);
  assert.deepEqual(decades(0.1, 10), [0.1, 1, 10]);
  assert.deepEqual(roundTicks(0, 9, 3), [0, 5]);
});

test('sets have names', () => {
  const fusions = ['a', 'b', 'c', 'd'].map(name => ({name}));
  assert.deepEqual([['a', 'b', 'c', 'd'], [], ['b'], ['a', 'c', 'd'], ['a', 'b']].map(fuse => nameOfSet({fuse}, fusions)),
                   ['all fusions', 'no fusion', 'only b', 'without b', 'a, b']);
});

test('a study has a plot for each figure, with gaps where nothing was measured', () => {
  const timing = {bytes: 10, flops: 1, tokens_per_second: 5, tokens_per_second_spread: 0.1};
  const study = {points: [{entry: 'decode', tokens: 1, context: 0}], sets: [{set: 'none', kernels: 8, intermediate_bytes: 4, compile_seconds: 1, timings: [timing]},
                                                                          {set: 'all', kernels: 3, intermediate_bytes: 2, compile_seconds: 1, timings: []}]};
  const plots = studyPlots(study);
  assert.deepEqual(plots[0].bars, [{name: 'none', value: 5, spread: 0.1}, {name: 'all', value: null, spread: 0}]);
  assert.equal(plots.length, 5);
});

test('keys act, but not while something is typed', () => {
  assert.equal(actionOf({key: 'j'}, false), 'nextPass');
  assert.equal(actionOf({key: 'j'}, true), null);
  assert.equal(actionOf({key: 'j', ctrlKey: true}, false), null);
  assert.equal(actionOf({key: '2'}, false), 'view2');
  assert.equal(actionOf({key: 'Escape'}, true), 'leave');
});
