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
}
