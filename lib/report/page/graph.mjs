// The kernels of one entry point as a picture: boxes in order, edges with their bytes.
import {draw} from './dom.mjs';
import {asBytes, asFlops, costAt, fullStep} from './numbers.mjs';

const GAP = 34, BOX = 54, TOP = 14;

// Where everything stands, `width` pixels wide: pure data, drawn below.
export function layOut(kernels, width, context) {
  const narrow = width < 560, side = narrow ? 62 : Math.min(190, width * 0.27);
  const box = {x: side, width: width - side - (narrow ? 70 : Math.min(170, width * 0.25))};
  const at = new Map(kernels.map(({id}, i) => [id, i]));
  const boxes = kernels.map((kernel, i) => ({kernel, ...box, y: TOP + i * (BOX + GAP), height: BOX}));
  const edges = [];
  kernels.forEach((kernel, i) => {
    const bytes = read => costAt(read.bytes, fullStep(kernel, context));
    const outer = new Map(), chain = new Map();
    for (const read of kernel.reads) {
      const from = at.get(read.from);
      if (from !== undefined && from < i) chain.set(from, (chain.get(from) ?? 0) + bytes(read));
      const back = at.get(read.after);
      if (back !== undefined && back >= i) edges.push({kind: 'back', from: back, to: i, bytes: bytes(read)});
      if (!at.has(read.from)) outer.set(read.from, (outer.get(read.from) ?? 0) + bytes(read));
    }
    for (const [from, sum] of chain) edges.push({kind: 'chain', from, to: i, bytes: sum});
    for (const [from, sum] of outer) edges.push({kind: 'outer', from, to: i, bytes: sum});
    const stored = kernel.writes.filter(({to}) => to === 'cache').reduce((sum, write) => sum + bytes(write), 0);
    if (stored) edges.push({kind: 'store', from: i, to: 'cache', bytes: stored});
  });
  return {boxes, edges, loop: loopOf(kernels), width, height: TOP + kernels.length * (BOX + GAP), narrow};
}

// The run of kernels that a loop over layers repeats: {first, last, times}, or null.
export function loopOf(kernels) {
  const first = kernels.findIndex(({times}) => times > 1);
  if (first < 0) return null;
  let last = first;
  while (last + 1 < kernels.length && kernels[last + 1].times === kernels[first].times) last++;
  return {first, last, times: kernels[first].times};
}

const thickness = bytes => Math.max(1, Math.min(7, Math.log10(Math.max(bytes, 1)) - 1.5));

function arrow(path, bytes, kind, label, x, y, anchor = 'start') {
  return draw('g', {class: `edge ${kind}`}, draw('title', {text: `${label}: ${asBytes(bytes)}`}),
    draw('path', {d: path, 'stroke-width': thickness(bytes)}),
    draw('text', {x, y, 'text-anchor': anchor}, label ? draw('tspan', {class: 'from', text: `${label} `}) : '', asBytes(bytes)));
}

function edgeShape({boxes, width, narrow}, {kind, from, to, bytes}, nth) {
  const b = boxes[to === 'cache' ? from : to], right = b.x + b.width;
  if (kind === 'outer') {
    const y = b.y + 15 + 17 * (nth % 3);
    return arrow(`M2 ${y}H${b.x - 4}`, bytes, from, narrow ? '' : from, 2, y - 4);
  }
  if (kind === 'store') return arrow(`M${right} ${b.y + BOX - 12}H${width - 4}`, bytes, 'cache', narrow ? '' : 'cache', width - 2, b.y + BOX - 17, 'end');
  if (kind === 'chain' && to === from + 1)
    return arrow(`M${b.x + b.width / 2} ${boxes[from].y + BOX}V${b.y - 4}`, bytes, 'chain', '', b.x + b.width / 2 + 9, b.y - GAP / 2 + 4);
  const out = right + Math.min(18 + 9 * Math.abs(to - from), width - right - 50), y1 = boxes[from].y + 14, y2 = b.y + 14;
  const place = narrow ? [width - 2, 'end'] : [Math.min(out, width - 4), out > width - 60 ? 'end' : 'start'];
  return arrow(`M${right} ${y1}C${out + 10} ${y1} ${out + 10} ${y2} ${right + 4} ${y2}`, bytes, kind, '',
    place[0], (y1 + y2) / 2 + 16 * (nth % 2), place[1]);
}

let tips = 0; // ids of arrow tips, one a picture

const arrowTip = id => draw('marker', {id, viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 9, markerHeight: 9,
  markerUnits: 'userSpaceOnUse', orient: 'auto'}, draw('path', {d: 'M0 0L8 4L0 8Z', class: 'tip'}));

// The picture; `onpick` is told of the kernel that is chosen, `picked` is its id.
export function kernelGraph(kernels, {width, context, picked, onpick, label}) {
  const plan = layOut(kernels, width, context), tip = `tip-${++tips}`;
  const svg = draw('svg', {class: 'graph', viewBox: `0 0 ${width} ${plan.height}`, width, height: plan.height, role: 'group', 'aria-label': label},
    draw('defs', {}, arrowTip(tip)));
  if (plan.loop) {
    const first = plan.boxes[plan.loop.first], last = plan.boxes[plan.loop.last];
    svg.append(draw('rect', {class: 'loop', x: first.x - 10, y: first.y - 10, width: first.width + 20, height: last.y + BOX - first.y + 20, rx: 10}),
      draw('text', {class: 'times', x: first.x + first.width + 8, y: first.y - 14, 'text-anchor': 'end', text: `× ${plan.loop.times} layers`}));
  }
  const seen = new Map();
  for (const edge of plan.edges) {
    const key = edge.kind === 'outer' ? edge.to : edge.kind, nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const shape = edgeShape(plan, edge, nth);
    shape.querySelector('path').setAttribute('marker-end', `url(#${tip})`);
    svg.append(shape);
  }
  for (const {kernel, x, y, width: w} of plan.boxes) {
    const step = fullStep(kernel, context);
    const cost = `${asBytes(costAt(kernel.bytes, step))} · ${asFlops(costAt(kernel.flops, step))}`;
    const choose = () => onpick?.(kernel);
    svg.append(draw('g', {class: 'box', tabindex: onpick ? 0 : null, role: onpick ? 'button' : 'img', 'aria-pressed': onpick ? String(kernel.id === picked) : null,
      'aria-label': `${kernel.name}: ${cost}`, onclick: choose, onkeydown: event => {
        if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); }
      }},
      draw('rect', {x, y, width: w, height: BOX, rx: 7}), draw('text', {class: 'name', x: x + 10, y: y + 18, text: kernel.label}),
      draw('text', {class: 'cost', x: x + 10, y: y + 33, text: cost}),
      draw('text', {class: 'ops', x: x + 10, y: y + 47, text: kernel.ops.map(({name, count}) => `${name.replace('cria.', '')}${count > 1 ? `×${count}` : ''}`).join(' ').slice(0, Math.floor((w - 14) / 6))})));
  }
  return svg;
}
