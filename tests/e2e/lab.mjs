// What a page of cria-lab carries, without a browser. Arguments: page, goldens of stories.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { differenceOf } from "../../lib/lab/page/formula.mjs";
import { OpModel, placeWeights } from "../../lib/lab/page/opmodel.mjs";
import { Ops } from "../../lib/lab/page/ops.mjs";
import { withShared } from "../../lib/report/page/shared.mjs";
import { Model, greedy } from "../../lib/web/model.mjs";
import { safetensors } from "../../lib/web/safetensors.mjs";

const [path, golden] = process.argv.slice(2);
const page = readFileSync(path, "utf8");
assert.ok(page.length < 5e6, `${page.length} bytes`);
assert.ok(!/<!--(style|data|script)-->/.test(page) && page.endsWith("</html>\n"));
const blocks = new Map([...page.matchAll(/<script type="application\/octet-stream" id="([^"]*)">([^<]*)</g)]
  .map(([, id, packed]) => [id, packed]));
const bytes = (id) => inflateSync(Buffer.from(blocks.get(id), "base64"));
const json = (id) => JSON.parse(bytes(id).toString());

const about = json("lab"), tensor = safetensors(bytes("weights"));
const ops = await Ops.load(bytes("ops-code"), json("ops-facts"));
const model = new OpModel(ops, about.sizes, placeWeights(ops, tensor));
const compiled = await Model.load(bytes("model-code"), json("model-facts"), tensor);

// The model op by op: the tokens of the goldens, and the logits of the compiled model.
const { cases } = JSON.parse(readFileSync(golden, "utf8"));
let tokens = 0;
for (const { prompt, greedy: expected, kept } of cases.slice(0, 3)) {
  model.reset();
  compiled.reset();
  let logits;
  for (const id of prompt) logits = model.step(id);
  assert.ok(differenceOf(logits, compiled.append(prompt)) < 1e-5);
  for (let i = 0; i < kept; ++i, ++tokens) {
    assert.equal(greedy(logits), expected[i], `token ${i} after ${prompt.length} tokens`);
    logits = model.step(expected[i]);
  }
}
assert.ok(tokens > 50);

// Every op that pages show has its way through the passes, with texts that are there, and code.
for (const { name, steps, host, wasm } of about.ops) {
  assert.ok(steps.length > 10 && steps.every(({ text, pass }) => blocks.has(`text-${text}`) && pass), name);
  assert.match(bytes(`text-${steps[0].text}`).toString(), new RegExp(`@${name}\\b`));
  assert.match(bytes(`text-${wasm}`).toString(), /local\.get/);
  assert.ok(bytes(`text-${host}`).toString().split("\n").length > 5, name);
}
const { sets, fusions } = withShared(json("fusion-sets"));
assert.equal(sets.length, 2 ** fusions.length);
sets.forEach(({ fuse, kernels }, on) => {
  assert.deepEqual(fuse, fusions.map(({ name }) => name).filter((_, bit) => (on >> bit) & 1));
  assert.ok(kernels.length >= 8 && kernels.every(({ entry }) => entry === "decode"));
});
assert.ok(Object.values(json("definitions")).every((text) => text.length > 500));
console.log(`${tokens} tokens op by op, ${about.ops.length} ops, ${sets.length} sets: as expected`);
