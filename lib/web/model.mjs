// A model that criac --emit=wasm wrote, run in a browser or in Node; docs/wasm.md.

const ALIGNMENT = 64;

/** Hands out memory behind the module's own, and grows it. */
export class Arena {
  constructor(memory, begin) {
    this.memory = memory;
    this.end = begin;
  }
  take(bytes) {
    const at = Math.ceil(this.end / ALIGNMENT) * ALIGNMENT;
    this.end = at + bytes;
    const missing = this.end - this.memory.buffer.byteLength;
    if (missing > 0)
      this.memory.grow(Math.ceil(missing / 65536));
    return at;
  }
}

/** The name of tensor `i` of a parameter. */
const nameOf = (param, i) => param.name.replaceAll("{}", String(param.layer + i));

export class Model {
  /**
   * @param {BufferSource | WebAssembly.Module} code   NAME.wasm
   * @param {object} facts                             NAME.json
   * @param {(name: string) => {storage: string, bytes: Uint8Array}} tensor  a weight of a checkpoint
   */
  static async load(code, facts, tensor) {
    const module = code instanceof WebAssembly.Module ? code : await WebAssembly.compile(code);
    const instance = await WebAssembly.instantiate(module, { env: { sin: Math.sin, cos: Math.cos } });
    return new Model(instance.exports, facts, tensor);
  }

  constructor(code, facts, tensor) {
    this.code = code;
    this.facts = facts;
    const arena = new Arena(code.memory, code.__heap_base.value);
    const cache = facts.layers * facts.kv_heads * facts.max_seq * facts.kv_row_bytes;
    this.worker = arena.take(8); // zero: no tile is claimed yet
    this.tokens = arena.take(4 * facts.chunk);
    this.keys = arena.take(cache);
    this.values = arena.take(cache);
    this.hidden = arena.take(4 * facts.chunk * facts.hidden);
    this.logits = arena.take(4 * facts.vocab);
    this.best = arena.take(4);
    this.workspace = arena.take(facts.workspace_bytes);
    this.scratch = arena.take(facts.scratch_bytes);
    this.weights = arena.take(4 * facts.weight_slots);
    this.#fill(arena, tensor);
    this.position = 0;
  }

  #fill(arena, tensor) {
    for (const param of this.facts.params)
      for (let i = 0; i < param.count; ++i) {
        const name = nameOf(param, i);
        const { storage, bytes } = tensor(name);
        if (storage !== param.storage)
          throw new Error(`${name} is stored as ${storage}, and the code reads ${param.storage}`);
        const at = arena.take(bytes.length);
        new Uint8Array(this.code.memory.buffer, at, bytes.length).set(bytes);
        new Uint32Array(this.code.memory.buffer, this.weights, this.facts.weight_slots)[param.first + i] = at;
      }
  }

  /** Appends tokens, and gives the logits of what follows the last: valid until the next call. */
  append(tokens) {
    const { chunk, max_seq, vocab, hidden } = this.facts;
    if (!tokens.length)
      throw new Error("no token");
    if (this.position + tokens.length > max_seq)
      throw new Error(`${this.position + tokens.length} tokens, and the model holds ${max_seq}`);
    const outside = tokens.find(token => !(Number.isInteger(token) && token >= 0 && token < vocab));
    if (outside !== undefined)
      throw new Error(`token ${outside} is not one of ${vocab}`);
    if (tokens.length === 1)
      this.#decode(tokens);
    else
      for (let i = 0; i < tokens.length; i += chunk) {
        const count = this.#prefill(tokens.slice(i, i + chunk));
        if (i + count === tokens.length)
          this.code.head(this.worker, this.weights, this.hidden + 4 * (count - 1) * hidden, this.logits,
            this.best, this.workspace, this.scratch);
      }
    return new Float32Array(this.code.memory.buffer, this.logits, vocab);
  }

  #write(tokens) {
    new Int32Array(this.code.memory.buffer, this.tokens, tokens.length).set(tokens);
  }
  #prefill(tokens) {
    this.#write(tokens);
    this.code.prefill(this.worker, this.weights, this.tokens, BigInt(tokens.length), BigInt(this.position),
      this.keys, this.values, this.hidden, this.workspace, this.scratch);
    this.position += tokens.length;
    return tokens.length;
  }
  #decode(tokens) {
    this.#write(tokens);
    this.code.decode(this.worker, this.weights, this.tokens, BigInt(this.position), this.keys, this.values,
      this.logits, this.best, this.workspace, this.scratch);
    this.position += 1;
  }

  /** The token of the largest logit after the last token. */
  likeliest() {
    return new Int32Array(this.code.memory.buffer, this.best, 1)[0];
  }

  /** Forgets all tokens. */
  reset() {
    this.position = 0;
  }
}

/** The likeliest token. */
export const greedy = logits => logits.reduce((best, logit, i) => (logit > logits[best] ? i : best), 0);
