import assert from 'node:assert/strict';
import test from 'node:test';
import {deflateSync} from 'node:zlib';
import {restoreNames, unpack} from '../../lib/report/page/texts.mjs';

test('a block is base64 of zlib of UTF-8', async () => {
  const text = 'func @äöü\n  "€"';
  const packed = deflateSync(Buffer.from(text)).toString('base64');
  assert.equal(await unpack(`\n${packed}\n`), text);
});

test('a block that is cut short is refused', async () => {
  const packed = deflateSync(Buffer.from('x'.repeat(5000) + Math.random())).subarray(0, 12);
  await assert.rejects(unpack(packed.toString('base64')));
});

test('a definition counts from the one before, other names from the last above', () => {
  assert.deepEqual(
      restoreNames(['%~0 = a', '  %~-1 = b %~0, %arg0', '%~-4:2 = c %~0#1', 'd %~1, %~-2']),
      ['%0 = a', '  %1 = b %0, %arg0', '%5:2 = c %1#1', 'd %4, %7']);
});

test('strings are left alone', () => {
  assert.deepEqual(restoreNames(['%~-3 = a "%~1 \\"%~2"', 'b "%~1", %~0']),
                   ['%3 = a "%~1 \\"%~2"', 'b "%~1", %3']);
});
