// Runs functions that cria-run wrote as WebAssembly against formulas. Argument: code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ops } from "../../lib/lab/page/ops.mjs";

const [code] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(code.replace(/\.wasm$/, ".json"), "utf8"));
const ops = await Ops.load(readFileSync(code), facts);

const x = [3, -4, 1, 0.5], gain = [1, 2, 3, 4];
const root = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / 4 + 0.5);
const normed = ops.run("norm", x, gain);
x.forEach((value, i) => assert.ok(Math.abs(normed[i] - (value / root) * gain[i]) < 1e-6, `${normed}`));

const cache = Array.from({ length: 24 }, (_, i) => i);
const kept = ops.run("append", [-1, -2, -3, -4, -5, -6, -7, -8], 3, cache);
assert.deepEqual([...kept], cache.map((value, i) => (i >= 12 && i < 16 ? 11 - i : i >= 16 && i < 20 ? 11 - i : value)));

const [sums, rest] = ops.run("two", x, gain);
assert.deepEqual([...sums], [4, -2, 4, 4.5]);
assert.deepEqual([...rest], [...gain]);
console.log("functions: as expected");
