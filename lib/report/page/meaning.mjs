// Compares two texts by meaning: names and depth do not count, what names stand for does.
import {matchLines, numberLines} from './diff.mjs';
import {nameless, resolveNames} from './names.mjs';

// Fills gaps of `match` with what a coarser comparison of the lines in them finds.
function fillGaps(match, a, b) {
  let i = 0, j = 0;
  const fill = (endA, endB) => {
    if (i === endA || j === endB) return;
    matchLines(a.subarray(i, endA), b.subarray(j, endB)).forEach((to, k) => {
      if (to >= 0) match[i + k] = j + to;
    });
  };
  const anchors = [...match.keys()].filter(k => match[k] >= 0).map(k => [k, match[k]]);
  for (const [x, y] of [...anchors, [a.length, b.length]]) {
    fill(x, y);
    [i, j] = [x + 1, y + 1];
  }
}

// Whether name k of `before` and name q of `after` stand for the same: one definition in lines that
// correspond, at the same place in them.
function sameMeaning(match, before, k, after, q) {
  const d = before.means[k], e = after.means[q];
  if (d < 0 || e < 0) return d === e;
  return match[before.line[d]] === after.line[e] && before.place[d] === after.place[e];
}

// For each line of `before` a bit for each name (the 31st stands for all beyond) that means
// something else in the line of `after` it corresponds to.
function changedNames(match, before, after) {
  return match.map((to, i) => {
    if (to < 0) return 0;
    let changed = 0;
    const count = before.first[i + 1] - before.first[i];
    for (let n = 0; n < count; n++)
      if (!sameMeaning(match, before, before.first[i] + n, after, after.first[to] + n))
        changed |= 1 << Math.min(n, 30);
    return changed;
  });
}

// `relative` lines still have relative numbers, so that lines that were only renumbered are equal:
// better anchors than lines without names, of which many are alike.
export function compareTexts(before, after) {
  const trim = lines => lines.map(line => line.trim());
  const match = matchLines(...numberLines(trim(before.relative), trim(after.relative)));
  fillGaps(match, ...numberLines(before.lines.map(nameless), after.lines.map(nameless)));
  // Lines of equal relative text may differ in their number of names only if strings hold some.
  return {match, changed: changedNames(match, before.names, after.names)};
}

// A text made ready to compare and show.
export function readyText(relative, lines) {
  return {relative, lines, names: resolveNames(lines)};
}
