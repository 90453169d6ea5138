// Numbers as people read them, and costs as the cost model states them.

const scaled = (value, unit, units) => {
  let at = 0;
  while (Math.abs(value) >= 999.5 && at + 1 < units.length) {
    value /= 1000;
    at++;
  }
  const digits = at === 0 || Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  return `${value.toFixed(Number.isInteger(value) ? 0 : digits)} ${units[at]}${unit}`;
};
const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];

export const asBytes = value => scaled(value, 'B', PREFIXES);
export const asFlops = value => scaled(value, 'FLOP', PREFIXES);
export const asRate = (value, unit) => scaled(value, `${unit}/s`, PREFIXES);
export const asCount = value => value.toLocaleString('en');
// `3 rounds`, `1 round`.
export const asNumberOf = (value, noun) => `${asCount(value)} ${noun}${value === 1 ? '' : 's'}`;
export const asPercent = value => `${value >= 0 ? '+' : '−'}${(100 * Math.abs(value)).toFixed(1)}%`;

export function asSeconds(value) {
  if (value >= 1) return `${value.toFixed(2)} s`;
  if (value >= 1e-3) return `${(1e3 * value).toFixed(value >= 0.1 ? 0 : 1)} ms`;
  if (value >= 1e-6) return `${(1e6 * value).toFixed(value >= 1e-5 ? 0 : 1)} µs`;
  return value >= 5e-10 ? `${(1e9 * value).toFixed(0)} ns` : '< 1 ns';
}

// A cost has five terms: fixed, per token, per row of the cache, per token and row it sees, and per pair of
// tokens. A call computes `tokens` after `context` others; each token sees itself and all before it.
export function costAt(terms, {tokens, context}) {
  const pairs = tokens * context + tokens * (tokens + 1) / 2;
  return terms[0] + terms[1] * tokens + terms[2] * (context + tokens) + terms[3] * pairs + (terms[4] ?? 0) * tokens ** 2;
}

// A call of `kernel` after `context` tokens: a whole chunk in prefill, one token elsewhere.
export const fullStep = (kernel, context) => ({tokens: kernel.tokens ?? 1, context});

// Bytes and operations of `kernels` together, each as often as it runs.
export function totalCost(kernels, context) {
  const sum = of => kernels.reduce((total, kernel) => total + kernel.times * of(kernel), 0);
  const cost = what => sum(kernel => costAt(kernel[what], fullStep(kernel, context)));
  return {bytes: cost('bytes'), flops: cost('flops'), kernels: sum(() => 1)};
}
