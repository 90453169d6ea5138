"""A right and a wrong answer to every exercise of the lab. docs/lab/instructor.md explains the right ones."""

RMS_NORM = """function rmsNorm(x, gain, eps) {
  const mean = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  return x.map((value, i) => value / Math.sqrt(mean + eps) * gain[i]);
}"""

ROPE = """function rope(x, cos, sin, layout) {
  const y = x.slice(), pairs = x.length / 2;
  for (let i = 0; i < pairs; i++) {
    const [a, b] = layout === 'half' ? [i, i + pairs] : [2 * i, 2 * i + 1];
    y[a] = x[a] * cos[i] - x[b] * sin[i];
    y[b] = x[b] * cos[i] + x[a] * sin[i];
  }
  return y;
}"""

ATTEND = """function attend(q, keys, values) {
  const scores = keys.map(key => key.reduce((sum, value, e) => sum + value * q[e], 0) / Math.sqrt(q.length));
  const top = Math.max(...scores), weights = scores.map(score => Math.exp(score - top));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return q.map((_, e) => weights.reduce((sum, weight, j) => sum + weight / all * values[j][e], 0));
}"""


GROUPED = """function groupedAttend(q, keys, values) {
  const group = q.length / keys.length;
  return q.flatMap((one, head) => attend(one, keys[Math.floor(head / group)], values[Math.floor(head / group)]));
}
""" + ATTEND

SWIGLU = """function swiglu(gate, up) {
  return gate.map((value, i) => value / (1 + Math.exp(-value)) * up[i]);
}"""

RESCALE = """function rescale(frequencies, factor, low, high, context) {
  return frequencies.map(f => {
    const s = Math.min(1, Math.max(0, (context * f / (2 * Math.PI) - low) / (high - low)));
    return (1 - s) * f / factor + s * f;
  });
}"""

ONLINE = """function onlineMix(scores, values) {
  let top = -Infinity, sum = 0, mix = values[0].map(() => 0);
  for (let j = 0; j < scores.length; j++) {
    const next = Math.max(top, scores[j]), old = Math.exp(top - next), weight = Math.exp(scores[j] - next);
    mix = mix.map((value, e) => value * old + weight * values[j][e]);
    sum = sum * old + weight;
    top = next;
  }
  return mix.map(value => value / sum);
}"""

STREAM = """function streamLengths(x, added) {
  let stream = x;
  return added.map(branch => {
    stream = stream.map((value, i) => value + branch[i]);
    return Math.hypot(...stream);
  });
}"""

ODDS = """function odds(logits, temperature) {
  const top = Math.max(...logits), weights = logits.map(logit => Math.exp((logit - top) / temperature));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / all);
}"""

# Exercise: (right, wrong, what the verdict on the wrong one says).
ANSWERS = {
    "rms-scale": ("stays", "grows", "only ε sees"),
    "rms-zero": ("zero", "nan", "what ε is for"),
    "rms-number": ("1.697", "0.6", "all eight"),
    "rms-code": (RMS_NORM, RMS_NORM.replace("/ x.length", ""), "element 0 is"),
    "rope-both": ("stays", "falls", "only the distance"),
    "rope-slow": ("last", "first", "sines of"),
    "rope-number": ("-0.416", "0.999", "radians"),
    "rope-code": (ROPE, ROPE.replace("layout === 'half'", "true"), "✗interleaved, position 17: element"),
    "cache-keys": ("1", "101", "appended keys 1 time"),
    "cache-bytes": ("2048", "1024", "every layer"),
    "cache-code": (ATTEND, "function attend(q) { for (;;); }", "did not end within 2 seconds"),
    "gqa-map": ("0", "1", "neighbours share"),
    "gqa-bytes": ("1074", "4295", "not query heads"),
    "gqa-code": (GROUPED, GROUPED.replace("Math.floor(head / group)", "head % keys.length"), "✗1 row: element 32 is"),
    "swiglu-shut": ("zero", "minus", "the gate is shut"),
    "swiglu-number": ("1.462", "2", "1 + 1/e"),
    "swiglu-code": (SWIGLU, SWIGLU.replace("* up[i]", ""), "of 4 cases"),
    "freq-which": ("fast", "slow", "tell neighbours apart"),
    "freq-wave": ("6.283", "1", "one radian a token"),
    "freq-divided": ("11", "16", "longer than the original context"),
    "freq-code": (RESCALE, RESCALE.replace("/ factor", ""), "the compiled table: element"),
    "fusion-most": ("online-softmax", "rope-into-attention", "With an empty cache"),
    "fusion-kernels": ("5", "8", "needs all of it"),
    "fusion-bytes": ("2048", "1024", "once and read once"),
    "fusion-code": (ONLINE, ONLINE.replace("top = next;", "top = 0;"), "of 4 cases"),
    "block-off": ("embedding", "zeros", "by itself"),
    "block-weights": ("229632", "229376", "two gains"),
    "block-code": (STREAM, STREAM.replace("stream = stream.map", "stream = x.map"), "✗3 additions: element 1 is"),
    "whole-hot": ("less", "more", "bits at 1.5"),
    "whole-weights": ("1.05e6", "1180000", "tokens of 128"),
    "whole-code": (ODDS, ODDS.replace("logit - top", "logit"), "logits 1000 higher, 200 tokens: element"),
}
