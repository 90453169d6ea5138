// A whole model run op by op, so that every value in between can be seen and every op replaced.

// Weights in the memory of `ops`: a function from a name to a place.
export function placeWeights(ops, tensor) {
  const places = new Map();
  return name => {
    if (!places.has(name)) {
      const {bytes} = tensor(name), place = ops.arena.take(bytes.length);
      new Uint8Array(ops.code.memory.buffer, place, bytes.length).set(bytes);
      places.set(name, place);
    }
    return places.get(name);
  };
}

export class OpModel {
  constructor(ops, sizes, weight) {
    Object.assign(this, {ops, sizes, weight, position: 0, swaps: {}, see: null});
    const {vocab, hidden, layers, heads, kvHeads, headDim, ffn, cacheRows} = sizes;
    const inner = heads * headDim, kv = kvHeads * headDim;
    this.counts = {
      token: 1,
      x: hidden,
      n: hidden,
      q: inner,
      qr: inner,
      k: kv,
      kr: kv,
      v: kv,
      cos: headDim / 2,
      sin: headDim / 2,
      scores: heads * cacheRows,
      weights: heads * cacheRows,
      mixed: inner,
      branch: hidden,
      gate: ffn,
      up: ffn,
      act: ffn,
      logits: vocab
    };
    this.at = Object.fromEntries(Object.entries(this.counts).map(([name, count]) => [name, ops.arena.take(4 * count)]));
    const caches = () => Array.from({length: layers}, () => ops.arena.take(4 * kv * cacheRows));
    this.keys = caches();
    this.values = caches();
  }
  // A value as numbers, until the next call.
  get(name) {
    return this.ops.f32(this.at[name], this.counts[name]);
  }
  // Forgets all tokens. What a broken model reads of rows that were never written is zero.
  reset() {
    this.position = 0;
    const {kvHeads, cacheRows, headDim} = this.sizes;
    for (const place of [...this.keys, ...this.values]) this.ops.f32(place, kvHeads * cacheRows * headDim).fill(0);
  }
  // Gains of 1, in bf16.
  ones() {
    if (!this.onesAt) {
      this.onesAt = this.ops.arena.take(2 * this.sizes.hidden);
      this.ops.view('bf16', this.onesAt, this.sizes.hidden).fill(0x3f80);
    }
    return this.onesAt;
  }
  // One op: `slot` is its place in the model. A swap is called in its stead, with what would run it.
  op(slot, layer, made, name, ...places) {
    const run = (other = name, ...changed) => this.ops.call(other, ...(changed.length ? changed : places));
    if (this.swaps[slot])
      this.swaps[slot]({model: this, layer, run, places});
    else
      run();
    this.see?.(slot, layer, made);
  }
  // Reads a token; the logits of what follows, until the next call.
  step(token) {
    const {at, position, sizes} = this, head = this.weight('model.embed_tokens.weight');
    if (position >= sizes.cacheRows) throw new Error(`the cache holds ${sizes.cacheRows} tokens`);
    this.ops.view('i32', at.token, 1)[0] = token;
    this.op('rotary_table', 0, 'cos', 'rotary_table', position, at.cos, at.sin);
    this.op('embed', 0, 'x', 'embed', at.token, head, at.x);
    for (let layer = 0; layer < sizes.layers; layer++) this.block(layer);
    this.op('final_norm', 0, 'n', 'rms_norm', at.x, this.weight('model.norm.weight'), at.n);
    this.op('head', 0, 'logits', 'linear_head', at.n, head, at.logits);
    this.position++;
    return this.get('logits');
  }
  block(layer) {
    const {at, position} = this;
    const w = name => this.weight(`model.layers.${layer}.${name}.weight`);
    const op = (slot, made, ...rest) => this.op(slot, layer, made, ...rest);
    op('input_norm', 'n', 'rms_norm', at.x, w('input_layernorm'), at.n);
    op('q', 'q', 'linear_q', at.n, w('self_attn.q_proj'), at.q);
    op('k', 'k', 'linear_kv', at.n, w('self_attn.k_proj'), at.k);
    op('v', 'v', 'linear_kv', at.n, w('self_attn.v_proj'), at.v);
    op('rope_q', 'qr', 'rope', at.q, at.cos, at.sin, at.qr);
    op('rope_k', 'kr', 'rope_k', at.k, at.cos, at.sin, at.kr);
    op('append_k', 'kr', 'kv_append', at.kr, position, this.keys[layer]);
    op('append_v', 'v', 'kv_append', at.v, position, this.values[layer]);
    op('scores', 'scores', 'scores', at.qr, this.keys[layer], position, at.scores);
    op('softmax', 'weights', 'softmax', at.scores, position, at.weights);
    op('mix', 'mixed', 'mix', at.weights, this.values[layer], position, at.mixed);
    op('o', 'branch', 'linear_o', at.mixed, w('self_attn.o_proj'), at.branch);
    op('add_attention', 'x', 'residual', at.branch, at.x);
    op('post_norm', 'n', 'rms_norm', at.x, w('post_attention_layernorm'), at.n);
    op('gate', 'gate', 'linear_up', at.n, w('mlp.gate_proj'), at.gate);
    op('up', 'up', 'linear_up', at.n, w('mlp.up_proj'), at.up);
    op('swiglu', 'act', 'swiglu', at.gate, at.up, at.act);
    op('down', 'branch', 'linear_down', at.act, w('mlp.down_proj'), at.branch);
    op('add_mlp', 'x', 'residual', at.branch, at.x);
  }
}
