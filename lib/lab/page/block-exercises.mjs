// Checks and exercises of the page of a block.
import {asCount} from '../../report/page/numbers.mjs';

import {differenceOf, drawn, lengthOf} from './formula.mjs';
import {readAll, SHOWN_TEXT} from './reading.mjs';

// What adds to the stream, with its name in pictures.
export const ADDS = {
  embed: 'embedding',
  add_attention: 'attention',
  add_mlp: 'MLP'
};

// For each token the stream after each addition: [{slot, layer, x, branch}].
export function streamOf(model, ids) {
  const seen = [];
  readAll(model, ids, (slot, layer) => {
    if (slot === 'embed') seen.push([]);
    if (ADDS[slot]) seen.at(-1).push({slot, layer, x: Array.from(model.get('x')), branch: Array.from(model.get(slot === 'embed' ? 'x' : 'branch'))});
  });
  return seen;
}

// Branches that are left out, as swaps of the additions.
export const withoutBranches = off => Object.fromEntries(['add_attention', 'add_mlp'].map(slot => [slot, ({layer, run}) => {
                                                                                            if (!off.has(`${slot} ${layer}`)) run();
                                                                                          }]));

export function blockChecks(lab) {
  const {hidden, layers} = lab.sizes, ids = lab.tokenizer.encode(SHOWN_TEXT), model = lab.model(), steps = streamOf(model, ids).at(-1);
  const sum = steps.reduce((all, {branch}) => all.map((value, i) => value + branch[i]), new Array(hidden).fill(0));
  const apart = steps.slice(1).map(({x, branch}, i) => differenceOf(x, steps[i].x.map((value, at) => value + branch[at])));
  lab.compiled.reset();
  const branch = drawn(hidden, 1), stream = drawn(hidden, 2), count = {};
  readAll(model, ids.slice(0, 1), slot => {
    count[slot] = (count[slot] ?? 0) + 1;
  });
  return [
    {claim: 'each residual op adds what the branch made, and nothing else', difference: Math.max(...apart), tolerance: 1e-6},
    {claim: 'in the end, the stream is the embedding plus all that was added', difference: differenceOf(steps.at(-1).x, sum), tolerance: 1e-5},
    {
      claim: 'the kernel adds two vectors',
      difference: differenceOf(lab.ops.run('residual', branch, stream), branch.map((value, i) => value + stream[i])),
      tolerance: 1e-6
    },
    {
      claim: `every block adds twice: ${2 * layers} additions a token`,
      difference: Math.abs((count.add_attention ?? 0) + (count.add_mlp ?? 0) - 2 * layers),
      tolerance: 0
    },
    {
      claim: 'run op by op, the blocks give the logits of the compiled model',
      difference: differenceOf(readAll(model, ids, () => {}), lab.compiled.append(ids)),
      tolerance: 1e-5
    },
  ];
}

export function blockExercises(lab) {
  const {hidden, heads, headDim, kvHeads, ffn, layers} = lab.sizes;
  const weights = () => ['input_layernorm', 'self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj', 'self_attn.o_proj',
                         'post_attention_layernorm', 'mlp.gate_proj', 'mlp.up_proj', 'mlp.down_proj']
                          .reduce((sum, name) => sum + lab.tensor(`model.layers.0.${name}.weight`).bytes.length / 2, 0);
  const final = off => {
    const model = lab.model();
    model.swaps = withoutBranches(off);
    try {
      return streamOf(model, [lab.tokenizer.bos])[0].at(-1).x;
    } finally {
      model.swaps = {};
    }
  };
  const nothing = () => {
    const all = new Set(Array.from({length: layers}, (_, i) => [`add_attention ${i}`, `add_mlp ${i}`]).flat());
    return differenceOf(final(all), streamOf(lab.model(), [lab.tokenizer.bos])[0][0].x);
  };
  return [
    {
      id: 'block-off',
      kind: 'choose',
      text: 'All branches of all blocks are switched off. What does the last norm get?',
      options: [['zeros', 'zeros'], ['embedding', 'the embedding of the token'], ['previous', 'the output of the previous token']],
      truth: () => nothing() === 0 ? 'embedding' : 'zeros',
      explain: () => `The stream differs from the embedding by ${nothing()}. Try it above: the model then continues each token by itself.`
    },
    {
      id: 'block-weights',
      kind: 'number',
      text: `How many weights has a block of this model: ${hidden} hidden, ${heads} query heads and ${kvHeads} kv heads of ${headDim}, ${
        ffn} units, and two norms?`,
      truth: weights,
      hint: 'Seven matrices: q, k, v, output, gate, up, down; and two gains.',
      explain: () => `${asCount(weights())}, counted in the file of weights.`
    },
    {
      id: 'block-code',
      kind: 'code',
      name: 'streamLengths',
      tolerance: 1e-6,
      text:
        'x is the stream of a token, and added a list of vectors that branches made. Give the length of the stream after each addition, as the picture shows it. The compiled residual op judges it.',
      start: 'function streamLengths(x, added) {\n  return added.map(branch => 0);\n}',
      cases: () => [1, 3, 8].map((count, i) => {
        const x = drawn(hidden, 100 + i).map(Math.fround),
              added = Array.from({length: count}, (_, n) => drawn(hidden, 110 + 10 * i + n).map(Math.fround));
        let stream = x;
        return {
          label: `${count} ${count > 1 ? 'additions' : 'addition'}`,
          input: [x, added],
          expected: added.map(branch => lengthOf(stream = lab.ops.run('residual', branch, stream)))
        };
      })
    },
  ];
}
