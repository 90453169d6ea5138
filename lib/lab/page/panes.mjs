// Vectors of two numbers as arrows, all panes to one scale, and bars of a longer vector; tips can be dragged.
import {draw} from '../../report/page/dom.mjs';

const REACH = 1.75; // of a pane, from its middle
const STEPS = {
  ArrowLeft: [-0.05, 0],
  ArrowRight: [0.05, 0],
  ArrowUp: [0, 0.05],
  ArrowDown: [0, -0.05]
};

const clamp = (value, most) => Math.max(-most, Math.min(most, value));

// Follows a pointer from `tip` on; `moved` gets its place in the units of `svg`.
function followPointer(svg, tip, moved) {
  tip.addEventListener('pointerdown', event => {
    tip.setPointerCapture(event.pointerId);
    event.preventDefault();
    tip.focus();
    tip.onpointermove = move => {
      const place = new DOMPoint(move.clientX, move.clientY).matrixTransform(svg.getScreenCTM().inverse());
      moved(place.x, place.y);
    };
  });
  for (const end of ['pointerup', 'pointercancel'])
    tip.addEventListener(end, () => {
      tip.onpointermove = null;
    });
}

export class Pane {
  // names: {id: text}; ondrag(id, x, y) if tips can be moved, all but those of `fixed`.
  constructor(label, names, ondrag, fixed = []) {
    this.arrows = new Map();
    this.svg = draw(
      'svg', {class: 'pane', viewBox: `${- REACH} ${- REACH} ${2 * REACH} ${2 * REACH}`, role: ondrag ? 'group' : 'img', 'aria-label': label},
      [0.5, 1, 1.5].map(r => draw('circle', {class: 'ring', r})), draw('path', {class: 'axis', d: `M${- REACH} 0H${REACH}M0 ${- REACH}V${REACH}`}));
    this.extra = draw('g', {});
    this.svg.append(this.extra);
    for (const [id, name] of Object.entries(names)) this.add(id, name, fixed.includes(id) ? null : ondrag);
  }
  add(id, name, ondrag) {
    const line = draw('line', {class: `stem ${id}`}), text = draw('text', {class: `tag ${id}`, 'text-anchor': 'middle', text: name});
    const tip = draw('circle', {class: `tipdot ${id}`, r: ondrag ? 0.1 : 0.055});
    this.svg.append(line, text, tip);
    this.arrows.set(id, {line, text, tip, name});
    if (!ondrag) return;
    for (const [key, value] of Object.entries(
           {tabindex: 0, role: 'slider', 'aria-label': `the vector ${name || id}`, 'aria-valuemin': -180, 'aria-valuemax': 180}))
      tip.setAttribute(key, value);
    const move = (x, y) => ondrag(id, clamp(x, 1.5), clamp(y, 1.5));
    followPointer(this.svg, tip, (x, y) => move(x, -y));
    tip.addEventListener('keydown', event => {
      const step = STEPS[event.key], {x, y} = this.arrows.get(id);
      if (!step) return;
      event.preventDefault();
      move(x + step[0], y + step[1]);
    });
  }
  // vectors: {id: [x, y]}.
  update(vectors) {
    for (const [id, [x, y]] of Object.entries(vectors)) {
      const arrow = this.arrows.get(id), {line, text, tip, name} = arrow;
      Object.assign(arrow, {x, y});
      const half = 0.05 * name.length;
      line.setAttribute('x2', x);
      line.setAttribute('y2', -y);
      tip.setAttribute('cx', x);
      tip.setAttribute('cy', -y);
      text.setAttribute('x', clamp(x, REACH - half));
      text.setAttribute('y', Math.max(0.15 - REACH, Math.min(REACH - 0.03, y < 0 ? 0.3 - y : -0.17 - y)));
      if (tip.hasAttribute('role')) {
        tip.setAttribute('aria-valuenow', Math.round(Math.atan2(y, x) * 180 / Math.PI));
        tip.setAttribute('aria-valuetext', `${name || id}: ${x.toFixed(2)}, ${y.toFixed(2)}`);
      }
    }
  }
}

const HEIGHT_OF_BARS = 340;
const HIGHEST = 3;
const heightOf = value => clamp(value, HIGHEST) / HIGHEST * (HEIGHT_OF_BARS / 2 - 12);

// Bars of several vectors side by side, of which the first can be changed.
export class Bars {
  // series: [[class, name]…]
  constructor(label, count, series, onchange) {
    this.slot = 640 / count;
    const thin = (this.slot - 14) / series.length;
    this.svg = draw(
      'svg', {class: 'bars', viewBox: `0 0 640 ${HEIGHT_OF_BARS}`, role: 'group', 'aria-label': label},
      draw('path', {class: 'axis', d: `M0 ${HEIGHT_OF_BARS / 2}H640`}));
    this.bars = series.map(
      ([name], s) =>
        Array.from({length: count}, (_, i) => draw('rect', {class: `barof ${name}`, x: 7 + i * this.slot + s * thin, width: thin - 2, rx: 2})));
    this.grips = this.bars[0].map((bar, i) => draw('circle', {
                                    class: 'grip',
                                    r: 8,
                                    cx: 7 + i * this.slot + thin / 2 - 1,
                                    tabindex: 0,
                                    role: 'slider',
                                    'aria-label': `x${i + 1}`,
                                    'aria-valuemin': -HIGHEST,
                                    'aria-valuemax': HIGHEST
                                  }));
    this.svg.append(...this.bars.flat(), ...this.grips);
    this.grips.forEach((grip, i) => {
      const change = value => onchange(i, Math.round(clamp(value, HIGHEST) * 100) / 100);
      followPointer(this.svg, grip, (x, y) => change((HEIGHT_OF_BARS / 2 - y) / (HEIGHT_OF_BARS / 2 - 12) * HIGHEST));
      grip.addEventListener('keydown', event => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        change(this.first[i] + 2 * (step[0] + step[1]));
      });
    });
  }
  update(...vectors) {
    this.first = vectors[0];
    vectors.forEach((vector, s) => vector.forEach((value, i) => {
      const height = Number.isFinite(value) ? heightOf(value) : 0;
      this.bars[s][i].setAttribute('y', HEIGHT_OF_BARS / 2 - Math.max(0, height));
      this.bars[s][i].setAttribute('height', Math.abs(height));
    }));
    this.grips.forEach((grip, i) => {
      grip.setAttribute('cy', HEIGHT_OF_BARS / 2 - heightOf(this.first[i]));
      grip.setAttribute('aria-valuenow', this.first[i]);
    });
  }
}
