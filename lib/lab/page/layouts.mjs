// Where the pairs of a vector are in both layouts: a row of cells for each.
import {draw} from '../../report/page/dom.mjs';

import {pairAt} from './formula.mjs';

const LEFT = 112;
const WIDTH = 640;
const LAYOUTS = ['half', 'interleaved'];

// The number of the pair that each of `size` elements is in.
export function pairsOf(size, layout) {
  const pairs = new Array(size);
  for (let i = 0; i < size / 2; i++)
    for (const at of pairAt(i, size, layout)) pairs[at] = i;
  return pairs;
}

// `pair` stands out in both rows, and the row of `layout`, which is the one that is computed.
export function layoutRows(size, pair, layout) {
  const places = name => pairAt(pair, size, name).join(' and '), step = (WIDTH - LEFT) / size;
  const svg = draw('svg', {
    class: 'layouts',
    viewBox: `0 0 ${WIDTH} 74`,
    role: 'img',
    'aria-label': `pair ${pair} is elements ${places('half')} in the layout half, ${places('interleaved')} in interleaved`
  });
  LAYOUTS.forEach((name, row) => {
    const y = 6 + 36 * row, chosen = name === layout ? 'chosen' : '';
    svg.append(draw('text', {class: chosen, x: 0, y: y + 17, text: name}));
    pairsOf(size, name).forEach((one, at) => {
      const x = LEFT + at * step;
      svg.append(
        draw('rect', {class: `cell ${one === pair ? 'own' : ''} ${chosen}`, x, y, width: step - 1.5, height: 24, rx: 2}),
        draw('text', {class: `tiny ${one === pair ? 'own' : ''}`, x: x + step / 2 - 0.75, y: y + 16, 'text-anchor': 'middle', text: one}));
    });
  });
  return svg;
}
