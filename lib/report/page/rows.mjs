// Rows of the view: lines of two texts side by side in one column, with what did not change folded.
import {depthOf} from './names.mjs';

const AROUND = 3; // unchanged lines shown around a change

// A row is {kind, a, b}: ' ' is in both texts, '~' too, but with names that mean something else, '-'
// is only in the first, '+' only in the second. `pair` is the row that a row replaces.
export function rowsOf({match, changed}, count) {
  const rows = [];
  let i = 0, j = 0;
  const replace = (endA, endB) => {
    const removed = [], added = [];
    while (i < endA) removed.push({kind: '-', a: i++});
    while (j < endB) added.push({kind: '+', b: j++});
    for (let k = 0; k < Math.min(removed.length, added.length); k++) {
      removed[k].pair = added[k];
      added[k].pair = removed[k];
    }
    for (const row of removed) rows.push(row);
    for (const row of added) rows.push(row);
  };
  for (let k = 0; k < match.length; k++) {
    if (match[k] < 0) continue;
    replace(k, match[k]);
    rows.push({kind: changed[k] ? '~' : ' ', a: i++, b: j++, changed: changed[k]});
  }
  replace(match.length, count);
  return rows;
}

// Rows of one text, from its line `first` on.
export const plainRows = count => Array.from({length: count}, (_, b) => ({kind: ' ', b}));

export function countKinds(rows) {
  const counts = {added: 0, removed: 0, retargeted: 0};
  for (const {kind} of rows)
    if (kind === '+') counts.added++;
    else if (kind === '-') counts.removed++;
    else if (kind === '~') counts.retargeted++;
  return counts;
}

// Rows with changes and a few lines around them; others become {kind: '…', hidden: rows}.
export function foldUnchanged(rows) {
  const keep = new Uint8Array(rows.length);
  rows.forEach(({kind}, k) => {
    if (kind === ' ') return;
    const around = kind === '~' ? 1 : AROUND;
    keep.fill(1, Math.max(0, k - around), k + around + 1);
  });
  const shown = [];
  for (let k = 0; k < rows.length;) {
    let end = k;
    while (end < rows.length && !keep[end]) end++;
    if (end - k > 1) shown.push({kind: '…', hidden: rows.slice(k, end)});
    else if (end > k) shown.push(rows[k]);
    if (end < rows.length) shown.push(rows[end]);
    k = end + 1;
  }
  return shown;
}

// The end of the region that the row at `at` opens: the first row after it that is not deeper.
export function regionEnd(rows, at, textOf) {
  const depth = depthOf(textOf(rows[at]));
  let end = at + 1;
  while (end < rows.length) {
    const text = textOf(rows[end]);
    if (text && depthOf(text) <= depth && !/^\s*\^/.test(text)) break;
    end++;
  }
  return end;
}

// `rows` with the region that the row at `at` opens folded away, or what is folded there shown.
export function toggleFold(rows, at, textOf) {
  const row = rows[at];
  if (row.kind === '…') return [...rows.slice(0, at), ...row.hidden, ...rows.slice(at + 1)];
  const end = regionEnd(rows, at, textOf);
  if (end === at + 1) return rows;
  return [...rows.slice(0, at + 1), {kind: '…', hidden: rows.slice(at + 1, end)},
          ...rows.slice(end)];
}

// `rows` with those folded rows that `wanted` accepts shown again, and all others left folded.
export function reveal(rows, wanted) {
  return rows.flatMap(row => {
    if (!row.hidden) return [row];
    const shown = [];
    let rest = [];
    const fold = () => {
      if (rest.length) shown.push({kind: '…', hidden: rest});
      rest = [];
    };
    for (const inner of row.hidden) {
      const opened = inner.hidden ? reveal([inner], wanted) : [inner];
      if (inner.hidden ? opened.length > 1 || !opened[0].hidden : wanted(inner)) {
        fold();
        shown.push(...opened);
      } else rest.push(inner);
    }
    fold();
    return shown;
  });
}

// The row after (or before, if `step` is -1) `from` where a run of changes begins; -1 if none does.
export function nextChange(rows, from, step) {
  const changes = k => k >= 0 && k < rows.length && rows[k].kind !== ' ' && rows[k].kind !== '…';
  for (let k = from + step; k >= 0 && k < rows.length; k += step)
    if (changes(k) && !changes(k - 1)) return k;
  return -1;
}
