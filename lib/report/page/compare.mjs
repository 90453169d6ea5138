// Shows what the worker answers, one text or two of them compared, in a view of code.
import {asCount, asNumberOf} from './numbers.mjs';
import {countKinds, foldUnchanged, plainRows, rowsOf} from './rows.mjs';

// Shows `answer` to {ranges: [before, after]} in `view`; with `folded` without what did not change.
// Returns what there is to see, in words.
export function showAnswer(view, answer, {ranges, kind, folded}) {
  const {before, after} = answer, lines = asNumberOf(after.lines.length, 'line');
  const all = before ? rowsOf(answer, after.lines.length) : plainRows(after.lines.length);
  if (before) before.first = ranges?.[0]?.[0] ?? 1;
  after.first = ranges?.[1]?.[0] ?? 1;
  view.show({before, after, rows: before && folded ? foldUnchanged(all) : all, kind});
  if (!before) return lines;
  const {added, removed, retargeted} = countKinds(all);
  return `${lines}: ${asCount(added)} added, ${asCount(removed)} removed, ${asCount(retargeted)} with another operand`;
}
