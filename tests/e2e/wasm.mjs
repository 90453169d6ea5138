// Runs a WebAssembly module of criac against goldens. Arguments: code, weights, golden.json, bound.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Model, greedy } from "../../lib/web/model.mjs";
import { safetensors } from "../../lib/web/safetensors.mjs";

/** The numbers of a .npy file of f32. */
function readNumbers(path) {
  const file = readFileSync(path);
  const begin = 10 + file.readUInt16LE(8);
  return new Float32Array(file.buffer.slice(file.byteOffset + begin, file.byteOffset + file.length));
}

/** The greatest difference between logits and the last row of `expected`, to its greatest value. */
function difference(logits, expected) {
  const row = expected.subarray(expected.length - logits.length);
  const greatest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = logits.reduce((most, value, i) => (Math.abs(value - row[i]) <= most ? most : Math.abs(value - row[i])), 0);
  return off / greatest;
}

/** Logits after a prompt that comes as a whole, and after one that comes token by token. */
function checkLogits(model, prompt, expected, bound) {
  for (const pieces of [[prompt], prompt.map(token => [token])]) {
    model.reset();
    const logits = pieces.reduce((_, tokens) => model.append(tokens), null);
    const off = difference(logits, expected);
    if (!(off <= bound))
      throw new Error(`logits after ${prompt.length} tokens, ${pieces.length} at a time, are off by ${off}`);
  }
}

/** Where the golden names others that are as likely, one of them will do; the golden's own comes next. */
function checkTokens(model, { prompt, greedy: expected, kept, ties = {} }) {
  model.reset();
  let logits = model.append(prompt);
  for (let i = 0; i < kept; ++i) {
    const token = greedy(logits);
    if (model.likeliest() !== token)
      throw new Error(`the likeliest of the logits is ${token}, and not ${model.likeliest()}`);
    if (token !== expected[i] && !ties[i]?.includes(token))
      throw new Error(`token ${i} after ${prompt.length} tokens is ${token}, not ${expected[i]}`);
    if (i + 1 < kept)
      logits = model.append([expected[i]]);
  }
  return kept;
}

function refuses(what, action) {
  try {
    action();
  } catch {
    return;
  }
  throw new Error(`${what}: not refused`);
}

const [code, weights, golden, bound] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(code.replace(/\.wasm$/, ".json"), "utf8"));
const model = await Model.load(readFileSync(code), facts, safetensors(readFileSync(weights)));
const { cases } = JSON.parse(readFileSync(golden, "utf8"));
let tokens = 0;
for (const one of cases) {
  if (one.logits)
    checkLogits(model, one.prompt, readNumbers(join(dirname(golden), one.logits)), Number(bound));
  tokens += checkTokens(model, one);
}
if (!(tokens > 0 && cases.some(one => one.logits)))
  throw new Error("nothing was checked");
refuses("no token", () => model.append([]));
refuses("a token that is none", () => model.append([facts.vocab]));
refuses("too many tokens", () => { model.reset(); model.append(new Array(facts.max_seq + 1).fill(1)); });
refuses("a cut file", () => safetensors(readFileSync(weights).subarray(0, 100)));
console.log(`${cases.length} prompts, ${tokens} tokens, as expected`);
