// Ways to break a model: swaps of its ops (OpModel.op), and what a model then does.
import {greedy} from '../../web/model.mjs';

const copy = (model, from, to, count) => model.ops.f32(to, count).set(model.ops.f32(from, count));

// `values` with query heads in another order: head p of the result is head order[p].
function reorderHeads(model, name, order) {
  const all = model.get(name), before = all.slice(), {headDim} = model.sizes;
  order.forEach((from, to) => all.set(before.subarray(from * headDim, (from + 1) * headDim), to * headDim));
}

// Heads in the order in which consecutive groups share what h mod G says.
function moduloOrder({heads, kvHeads}) {
  const group = heads / kvHeads;
  return Array.from({length: heads}, (_, at) => (at % group) * kvHeads + Math.floor(at / group));
}
const inverse = order => order.map((_, at) => order.indexOf(at));

// A swap by another op of the same operands.
const by = name => ({run}) => run(name);

export const BREAKS = {
  none: ['nothing', {}],
  layout: ['interleaved pairs, though the weights are for half', {rope_q: by('rope_interleaved'), rope_k: by('rope_k_interleaved')}],
  unscaled: ['no llama3 scaling of frequencies', {rotary_table: by('rotary_table_unscaled')}],
  still: ['every angle is that of position 0', {rotary_table: ({run, places: [, ...into]}) => run('rotary_table', 0, ...into)}],
  shifted: ['every position 100 higher', {rotary_table: ({run, places: [position, ...into]}) => run('rotary_table', position + 100, ...into)}],
  keys: ['keys are not rotated', {rope_k: ({model}) => copy(model, model.at.k, model.at.kr, model.counts.k)}],
  twice: [
    'keys are rotated twice', {
      append_k: ({model, run, places: [, ...rest]}) => {
        copy(model, model.at.kr, model.at.k, model.counts.k);
        run('rope_k', model.at.k, model.at.cos, model.at.sin, model.at.kr);
        run('kv_append', model.at.kr, ...rest);
      }
    }
  ],
  late: [
    'each key is written one row too low',
    {append_k: ({run, places: [rows, position, into]}) => run('kv_append', rows, Math.max(0, position - 1), into)}
  ],
  norm: ['the second norm of each block is skipped', {post_norm: ({model}) => copy(model, model.at.x, model.at.n, model.counts.x)}],
  gain: [
    'the gains of all norms are left out',
    Object.fromEntries(
      ['input_norm', 'post_norm', 'final_norm'].map(slot => [slot, ({model, run, places: [x, , into]}) => run('rms_norm', x, model.ones(), into)]))
  ],
  scale: [
    'the scores are not divided by √E', {
      scores: ({model, run}) => {
        run();
        const scores = model.get('scores');
        for (let i = 0; i < scores.length; i++) scores[i] *= Math.sqrt(model.sizes.headDim);
      }
    }
  ],
  modulo: [
    'head h reads kv head h mod G, not ⌊h / (H/G)⌋', {
      rope_q: ({model, run}) => {
        run();
        reorderHeads(model, 'qr', moduloOrder(model.sizes));
      },
      mix: ({model, run}) => {
        run();
        reorderHeads(model, 'mixed', inverse(moduloOrder(model.sizes)));
      }
    }
  ],
  single: [
    'all query heads read kv head 0',
    Object.fromEntries([['append_k', 'kr'], ['append_v', 'v']].map(
      ([slot, name]) =>
        [slot,
         ({model, run}) => {
           const rows = model.get(name), {headDim} = model.sizes;
           for (let at = headDim; at < rows.length; at += headDim) rows.copyWithin(at, 0, headDim);
           run();
         }]))
  ],
  base: ['θ = 10 000 in place of the model’s', {rotary_table: by('rotary_table_10000')}],
  open: ['gates are left out: every unit is open', {swiglu: ({model}) => copy(model, model.at.up, model.at.act, model.counts.up)}],
  bilinear: [
    'the gate is multiplied in without SiLU', {
      swiglu: ({model}) => {
        const gate = model.get('gate'), up = model.get('up');
        model.get('act').set(gate.map((value, i) => value * up[i]));
      }
    }
  ],
  relu: ['ReLU in place of SiLU', {swiglu: by('reglu')}],
  gelu: ['GELU in place of SiLU', {swiglu: by('geglu')}],
};

// What follows `prompt`, greedily: `count` tokens, with the tokens of both.
export function continueText(model, tokenizer, prompt, count) {
  model.reset();
  const ids = tokenizer.encode(prompt);
  let logits;
  for (const id of ids) logits = model.step(id);
  const made = [];
  while (made.length < count && model.position < model.sizes.cacheRows) {
    made.push(greedy(logits));
    logits = model.step(made.at(-1));
  }
  return tokenizer.decode(made);
}

// Whether the model answers a prompt of recall_prompts.jsonl: with these words, and no letter after them.
export function recalls(model, tokenizer, {prompt, answer}) {
  const text = continueText(model, tokenizer, prompt, tokenizer.encode(answer).length + 1);
  return text.startsWith(answer) && !/^\p{L}/u.test(text.slice(answer.length));
}
