// The definitions of an op, cut out of the sources that the compiler itself is built from.
import {make} from '../../report/page/dom.mjs';

// The lines of `text` from the one that `begins` to the first that is just `end`.
export function cutLines(text, begins, end) {
  const lines = text.split('\n'), first = lines.findIndex(line => begins.test(line));
  if (first < 0) return '';
  const last = lines.findIndex((line, at) => at >= first && line === end);
  return lines.slice(first, last + 1).join('\n');
}

export const definitionOf = (files, file, op) => cutLines(files[file], new RegExp(`^def Cria_${op}Op\\b`), '}');
export const referenceOf = (files, name) => cutLines(files['Ops.cpp'], new RegExp(`^\\S.* ${name}\\(`), '}');

const source = (title, text) =>
  make('details', {class: 'source'}, make('summary', {text: title}), make('pre', {tabindex: 0, role: 'region', 'aria-label': title, text}));

// ops: [[file, op, function of the reference]…].
export function definitionBoxes(files, ops) {
  return ops.flatMap(
    ([file, op, reference]) =>
      [source(`dialect/ops/${file}: ${op}`, definitionOf(files, file, op)),
       source(`lib/reference/Ops.cpp: ${reference}, its meaning in f64`, referenceOf(files, reference))]);
}
