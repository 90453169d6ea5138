// The formulas of the pages in f64, which checks compare kernels with.

export const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
export const lengthOf = vector => Math.sqrt(dot(vector, vector));
export const meanSquare = x => dot(x, x) / x.length;
export const rmsNorm = (x, gain, eps) => Array.from(x, (value, i) => value / Math.sqrt(meanSquare(x) + eps) * gain[i]);

export function layerNorm(x, gain, eps) {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length, centred = Array.from(x, value => value - mean);
  return centred.map((value, i) => value / Math.sqrt(meanSquare(centred) + eps) * gain[i]);
}

// The frequency of pair i of vectors of `size`, in radians a token.
export const frequencyOf = (i, size, theta) => theta ** (-2 * i / size);

// The same rescaled as Llama 3.1 does.
export function scaledFrequency(frequency, {factor, low, high, context}) {
  const turns = context * frequency / (2 * Math.PI);
  if (turns < low) return frequency / factor;
  if (turns > high) return frequency;
  const kept = (turns - low) / (high - low);
  return (1 - kept) * frequency / factor + kept * frequency;
}

// The places of pair i in a vector of `size`.
export const pairAt = (i, size, layout) => layout === 'half' ? [i, i + size / 2] : [2 * i, 2 * i + 1];

export function rope(x, angles, layout) {
  const out = Array.from(x);
  angles.forEach((angle, i) => {
    const [a, b] = pairAt(i, x.length, layout);
    out[a] = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
    out[b] = x[b] * Math.cos(angle) + x[a] * Math.sin(angle);
  });
  return out;
}

// Attention of one query over rows of keys and values.
export function attendRows(q, keys, values) {
  const scores = keys.map(key => dot(q, key) / Math.sqrt(q.length)), top = Math.max(...scores);
  const weights = scores.map(score => Math.exp(score - top)), all = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from(q, (_, e) => weights.reduce((sum, weight, j) => sum + weight / all * values[j][e], 0));
}

export const silu = x => x / (1 + Math.exp(-x));

// The greatest difference between two vectors, relative to the greatest value of the second.
export function differenceOf(found, expected) {
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Math.max(...Array.from(found, (value, i) => Math.abs(value - expected[i]))) / greatest;
}

// Numbers in (-1, 1) that are the same for the same seed (Mulberry32).
export function drawn(count, seed) {
  let state = seed >>> 0;
  return Array.from({length: count}, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}
