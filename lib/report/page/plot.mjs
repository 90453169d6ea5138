// Parts that plots share: scales, ticks and axes.
import {draw} from './dom.mjs';

// A scale from [low, high] to [from, to]; log10 of the values if `log`.
export function scale([low, high], [from, to], log) {
  const f = log ? Math.log10 : value => value;
  const span = f(high) - f(low) || 1;
  return value => from + (f(value) - f(low)) / span * (to - from);
}

// Powers of ten from `low` to `high`.
export function decades(low, high) {
  const ticks = [];
  for (let power = Math.ceil(Math.log10(low) - 1e-9); 10 ** power <= high * (1 + 1e-9); power++) ticks.push(10 ** power);
  return ticks;
}

// Round values from `low` to `high`, about `count` of them.
export function roundTicks(low, high, count = 5) {
  const rough = (high - low) / count || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) ticks.push(value);
  return ticks;
}

export const label = (x, y, text, properties = {}) => draw('text', {x, y, text, ...properties});
export const line = (x1, y1, x2, y2, kind) => draw('line', {x1, y1, x2, y2, class: kind});
