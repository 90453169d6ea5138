// The study: what each fusion set takes, as plots and tables.
import {draw, make, table} from './dom.mjs';
import {asBytes, asCount, asNumberOf, asPercent, asSeconds} from './numbers.mjs';
import {label, line, roundTicks, scale} from './plot.mjs';

const ROW = 22, HEAD = 26;

// Bars of one figure for each set: {name, value, spread}. The spread is relative to the value.
export function barPlot(title, bars, format, width) {
  const known = bars.filter(({value}) => value !== null && Number.isFinite(value));
  const left = Math.min(210, width * 0.42), right = width - 74, height = HEAD + bars.length * ROW + 22;
  const most = Math.max(...known.map(({value, spread}) => value * (1 + (spread || 0))), 1e-30);
  const x = scale([0, most], [left, right]);
  const svg = draw('svg', {class: 'plot bars', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title});
  svg.append(label(0, 15, title, {class: 'title'}));
  for (const tick of roundTicks(0, most, 3)) svg.append(line(x(tick), HEAD, x(tick), height - 20, 'grid'));
  bars.forEach(({name, value, spread}, at) => {
    const y = HEAD + at * ROW;
    svg.append(label(left - 8, y + 15, name, {'text-anchor': 'end'}));
    if (value === null || !Number.isFinite(value)) return;
    svg.append(draw('rect', {class: name === 'all' ? 'bar all' : 'bar', x: left, y: y + 3, width: Math.max(1, x(value) - left), height: ROW - 7}),
      label(x(value * (1 + (spread || 0))) + 6, y + 15, format(value)));
    if (spread) svg.append(line(x(value * (1 - spread)), y + 11, x(value * (1 + spread)), y + 11, 'whisker'));
  });
  return svg;
}

const pointName = ({entry, context, tokens}) => `${entry} of ${asNumberOf(tokens, 'token')} after ${asCount(context)}`;

// The figures of a study that are plotted: [{title, bars, format}].
export function studyPlots(study) {
  const {sets, points = []} = study;
  const plot = (title, format, value, spread = () => 0) => ({title, format, bars: sets.map(set => ({name: set.set, value: value(set) ?? null, spread: spread(set) ?? 0}))});
  const plots = points.flatMap((point, at) => [
    plot(`${pointName(point)}: tokens a second`, value => asCount(Math.round(value)), set => set.timings[at]?.tokens_per_second, set => set.timings[at]?.tokens_per_second_spread),
    plot(`${pointName(point)}: bytes moved`, asBytes, set => set.timings[at]?.bytes)]);
  plots.push(plot('kernels of a decode step', asCount, set => set.kernels), plot('intermediates of a decode step', asBytes, set => set.intermediate_bytes),
    plot('time to compile', asSeconds, set => set.compile_seconds));
  const errors = sets.some(set => set.decode_error !== undefined);
  if (errors) plots.push(plot('greatest error of a logit', value => value.toExponential(1), set => Math.max(set.decode_error ?? 0, set.prefill_error ?? 0)));
  return plots;
}

function leftOut(study) {
  const percent = value => typeof value === 'number' ? asPercent(value) : '–';
  return table('the loss if one fusion is left out', ['fusion', 'at', 'bytes saved', 'predicted', 'measured', 'verdict'],
    (study.left_out ?? []).map(row => [row.fusion, pointName(row), asBytes(row.bytes_saved), percent(row.predicted_gain),
      typeof row.measured_gain === 'number' ? `${asPercent(row.measured_gain)} ±${(100 * row.measured_spread).toFixed(1)}%` : '–', row.verdict]));
}

export class StudyView {
  constructor(report) {
    this.study = report.study;
    this.plots = make('div', {class: 'plots'});
    const {model, cpu, threads, rounds, weights, cache} = this.study;
    this.element = make('div', {class: 'study'}, make('p', {text: `${model}: ${weights} weights, ${cache} cache; ${cpu}, ${asNumberOf(threads, 'thread')}; ${asNumberOf(rounds, 'round')}`}),
      this.plots, leftOut(this.study));
  }
  show() {
    this.repaint = () => {
      const width = this.plots.clientWidth, columns = width > 900 ? 2 : 1;
      this.plots.replaceChildren(...studyPlots(this.study).map(({title, bars, format}) => barPlot(title, bars, format, Math.max(310, Math.floor((width - 24) / columns)))));
    };
    this.repaint();
  }
}
