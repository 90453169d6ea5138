import assert from 'node:assert/strict';
import test from 'node:test';
import {differingWords, tokensOf} from '../../lib/report/page/colour.mjs';

const coloured = (line, kind) => tokensOf(line, kind).filter(([, colour]) => colour).map(([token, colour]) => `${colour} ${token}`);

test('tokens of IR', () => {
  assert.deepEqual(coloured('  %1 = cria.linear %a#1, @w {e = 1.0e-5 : f64} : tensor<4xf32>'),
                   ['value %1', 'op cria.linear', 'value %a#1', 'symbol @w', 'number 1.0e-5', 'type f64', 'type tensor', 'number 4xf32']);
});

test('tokens of assembly', () => {
  assert.deepEqual(coloured('\tmovq\t$8, %rax # note', 'asm').map(t => t.split(' ')[0]),
                   ['op', 'number', 'value', 'note']);
  assert.deepEqual(coloured('decode.qkv:', 'asm'), ['symbol decode.qkv:']);
});

test('tokens together are the line, whatever is in it', () => {
  for (const line of ['', '"open', '<b>&amp;</b> \u20ac \ud83e\udd99', '%', '^', '#', '; x', '!llvm.ptr', '\t"a\\"b"'])
    for (const kind of ['mlir', 'asm']) assert.equal(tokensOf(line, kind).map(([token]) => token).join(''), line);
});

test('words that the other line does not have; names are alike', () => {
  const line = '%1 = a.b %2 {x = 4}';
  assert.deepEqual(differingWords(line, '%7 = a.b %9 {x = 5}').map(([from, to]) => line.slice(from, to)), ['4']);
});
