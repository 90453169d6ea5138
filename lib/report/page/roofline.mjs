// The roofline: operations a second against operations a byte, at each context, with this machine's
// measured limits.
import {choice, draw, make, table} from './dom.mjs';
import {measuredSeconds} from './kernels.mjs';
import {asBytes, asCount, asFlops, asRate, asSeconds, costAt, fullStep} from './numbers.mjs';
import {decades, label, line, scale} from './plot.mjs';

// {read: bytes/s, peak: FLOP/s, unit} of `machine`, or null.
export function limitsOf(machine) {
  const peaks = Object.entries(machine?.peaks ?? {});
  if (!machine?.read || !peaks.length) return null;
  const [unit, peak] = peaks.find(([name]) => name.startsWith('fma')) ?? peaks[0];
  return {read: machine.read, peak, unit};
}

// Where each kernel stands: what it moves and computes in one run, and the time that the limits allow.
export function pointsOf(kernels, contexts, limits, machine) {
  return contexts.flatMap((context, at) => kernels.map(kernel => {
    const step = fullStep(kernel, context);
    const bytes = costAt(kernel.bytes, step), flops = costAt(kernel.flops, step);
    const predicted = limits && Math.max(bytes / limits.read, flops / limits.peak);
    return {kernel, context, at, bytes, flops, intensity: flops / bytes, predicted,
            bound: limits && (bytes / limits.read >= flops / limits.peak ? 'memory' : 'compute'),
            measured: measuredSeconds(machine, kernel, context)};
  }));
}

const SHAPES = ['M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z', 'M-5 -5H5V5H-5Z', 'M0 -6L6 5H-6Z', 'M0 -6L6 0L0 6L-6 0Z'];

function rooflinePlot(points, limits, width) {
  const height = 400, left = 92, right = width - 14, top = 16, bottom = height - 42;
  const shown = points.filter(({intensity}) => intensity > 0);
  const ridge = limits.peak / limits.read;
  const xs = [...shown.map(({intensity}) => intensity), ridge], domain = [10 ** Math.floor(Math.log10(Math.min(...xs) * 0.7)), 10 ** Math.ceil(Math.log10(Math.max(...xs) * 1.4))];
  const rate = point => point.flops / (point.measured ?? point.predicted);
  const lowest = Math.min(limits.read * domain[0], ...shown.map(rate));
  const range = [10 ** Math.floor(Math.log10(lowest)), 10 ** Math.ceil(Math.log10(limits.peak * 1.1))];
  const x = scale(domain, [left, right], true), y = scale(range, [bottom, top], true);
  const svg = draw('svg', {class: 'plot', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'roofline of kernels'});
  for (const tick of decades(...domain)) svg.append(line(x(tick), top, x(tick), bottom, 'grid'), label(x(tick), bottom + 16, String(tick), {'text-anchor': 'middle'}));
  for (const tick of decades(...range)) svg.append(line(left, y(tick), right, y(tick), 'grid'), label(left - 6, y(tick) + 4, asRate(tick, 'FLOP'), {'text-anchor': 'end'}));
  svg.append(draw('path', {class: 'roof', d: `M${x(domain[0])} ${y(limits.read * domain[0])}L${x(ridge)} ${y(limits.peak)}H${right}`}),
    label(right, y(limits.peak) - 6, `${limits.unit}: ${asRate(limits.peak, 'FLOP')}`, {'text-anchor': 'end', class: 'limit'}),
    label(x(domain[0]) + 8, y(limits.read * domain[0] * 1.0) - 26, `read: ${asRate(limits.read, 'B')}`, {class: 'limit'}),
    label((left + right) / 2, height - 6, 'operations a byte', {'text-anchor': 'middle'}));
  const taken = [];
  for (const point of shown) {
    const [px, py] = [x(point.intensity), y(rate(point))];
    svg.append(draw('g', {class: `point c${point.at} ${point.measured ? 'measured' : ''}`, transform: `translate(${px} ${py})`},
      draw('title', {text: `${point.kernel.name} at context ${point.context}: ${asFlops(point.flops)}, ${asBytes(point.bytes)}, bound by ${point.bound}`}),
      draw('path', {d: SHAPES[point.at % SHAPES.length]})));
    let ly = py + 4;
    while (taken.some(([tx, ty]) => Math.abs(tx - px) < 80 && Math.abs(ty - ly) < 12)) ly += 12;
    if (!shown.some(other => other.at < point.at && other.kernel === point.kernel && Math.abs(x(other.intensity) - px) < 40)) {
      taken.push([px, ly]);
      const end = px > right - 90;
      svg.append(label(px + (end ? -9 : 9), ly, point.kernel.label, {class: 'pointname', 'text-anchor': end ? 'end' : 'start'}));
    }
  }
  return svg;
}

export class Roofline {
  constructor(report, go) {
    Object.assign(this, {report, go});
    this.tools = make('div', {class: 'tools'});
    this.picture = make('div', {class: 'picture'});
    this.detail = make('div', {});
    this.element = make('div', {class: 'roofline'}, this.tools, this.picture, this.detail);
  }
  show(place) {
    const {report} = this, entry = place.entry === 'prefill' ? 'prefill' : 'decode';
    const limits = limitsOf(report.machine), kernels = report.kernels.filter(kernel => kernel.entry === entry);
    const points = pointsOf(kernels, report.contexts, limits, report.machine);
    this.tools.replaceChildren(choice('entry point', [['decode', 'decode'], ['prefill', 'prefill']], entry, value => this.go({entry: value})),
      limits ? make('ul', {class: 'legend'}, report.contexts.map((context, at) => make('li', {}, draw('svg', {class: `point c${at}`, width: 14, height: 14, viewBox: '-7 -7 14 14', 'aria-hidden': 'true'},
        draw('path', {d: SHAPES[at % SHAPES.length]})), ` context ${asCount(context)}`))) : '');
    const paint = () => this.picture.replaceChildren(limits ? rooflinePlot(points, limits, Math.max(320, Math.min(1000, this.picture.clientWidth))) :
      make('p', {class: 'soft', text: 'The limits of a machine are not known here. Measure them with cria-bench --probes --json=FILE, and give criac --machine=FILE.'}));
    this.repaint = paint;
    paint();
    const seconds = value => value ? asSeconds(value) : '–';
    this.detail.replaceChildren(table('one run of each kernel', ['kernel', 'context', 'bytes', 'operations', 'operations a byte', ...(limits ? ['bound by', 'limit', 'measured'] : [])],
      points.map(p => [make('span', {text: p.kernel.label}), asCount(p.context), asBytes(p.bytes), asFlops(p.flops), p.intensity.toFixed(2), ...(limits ? [p.bound, seconds(p.predicted), seconds(p.measured)] : [])])));
  }
}
