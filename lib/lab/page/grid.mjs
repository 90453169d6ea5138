// The scores of attention as a triangle of cells: what a step computes, and what it reuses.
import {draw} from '../../report/page/dom.mjs';

const GRID_WIDTH = 460;
const GRID_LEFT = 70;

const cell = (x, y, size, name, opacity = 1) => draw('rect', {class: name, x, y, width: size * 0.9, height: size * 0.9, 'fill-opacity': opacity});
const label = (y, text) => draw('text', {x: 0, y, text});

// `weights` are those of the newest token; `cached` says whether earlier keys and scores are kept.
export function attentionGrid(weights, cached, title) {
  const n = weights.length, size = Math.min(14, (GRID_WIDTH - GRID_LEFT) / n, 150 / n), top = 26 + size;
  const svg = draw('svg', {class: 'grid-of', viewBox: `0 0 ${GRID_WIDTH} ${top + 26 + Math.max(n * size, 60)}`, role: 'img', 'aria-label': title});
  svg.append(label(22, 'keys'), label(top + 24, 'scores'));
  weights.forEach((weight, j) => {
    const fresh = !cached || j === n - 1;
    svg.append(cell(GRID_LEFT + j * size, 12, size, fresh ? 'made' : 'kept'));
  });
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const x = GRID_LEFT + j * size, y = top + 14 + i * size;
      if (i === n - 1)
        svg.append(cell(x, y, size, 'outline'), cell(x, y, size, 'made', Math.sqrt(weights[j])));
      else
        svg.append(cell(x, y, size, cached ? 'unused' : 'made', cached ? 1 : 0.35));
    }
  return svg;
}

// What attention of one head computes for token n, and for all tokens so far.
export const keysMade = (n, cached) => cached ? 1 : n;
export const scoresMade = (n, cached) => cached ? n : n * (n + 1) / 2;
export const scoresSoFar = (n, cached) => cached ? n * (n + 1) / 2 : n * (n + 1) * (n + 2) / 6;

// Multiply-adds of the whole step that reads token n: projections of each token that is computed, scores and
// their mix, and the odds of what follows the newest.
export function multiplyAdds({vocab, hidden, layers, heads, kvHeads, headDim, ffn}, n, cached) {
  const projections = hidden * (2 * heads * headDim + 2 * kvHeads * headDim + 3 * ffn);
  return layers * (keysMade(n, cached) * projections + 2 * heads * headDim * scoresMade(n, cached)) + vocab * hidden;
}
