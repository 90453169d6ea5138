// One row of code as an element, and all rows as marks on a ruler.
import {differingWords, tokensOf} from './colour.mjs';
import {make} from './dom.mjs';
import {namesIn, typesAt} from './names.mjs';

const LONGEST = 3000; // characters shown of a line
const CLASSES = {'-': 'removed', '+': 'added', '~': 'retargeted', '…': 'folded'};
const SIGNS = {'-': '−', '+': '+', '~': '~', ' ': ' '};

function addTokens(view, element, row, side, line, text) {
  const places = row.pair && text.length < LONGEST / 2 ? differingWords(text, view.textOf(row.pair)) : [];
  const names = new Map(namesIn(text).map(({at}, nth) => [at, nth]));
  let at = 0;
  for (const [token, colour] of tokensOf(text, view.kind)) {
    const nth = names.get(at), span = make('span', {class: colour || null, text: token});
    if (nth !== undefined) {
      const definition = side.names.means[side.names.first[line] + nth];
      span.dataset.nth = nth;
      if (definition >= 0) span.title = typesAt(side.lines[side.names.line[definition]], token, side.names.place[definition]);
      if (row.changed >> Math.min(nth, 30) & 1) span.classList.add('differs');
      if (view.pinned?.side === side && definition >= 0 && view.pinned.definition === definition) span.classList.add('pinned');
    }
    if (places.some(([from, to]) => from <= at && at < to)) span.classList.add('differs');
    element.append(span);
    at += token.length;
  }
}

// The element of one row, the one at `at`.
export function rowElement(view, row, at) {
  const element = make('div', {class: `row ${CLASSES[row.kind] ?? ''}`, 'data-at': at});
  if (view.marked.has(at)) element.classList.add('marked');
  if (at === view.current) element.classList.add('current');
  if (row.kind === '…') {
    element.append(make('button', {class: 'fold', tabindex: -1, text: `⋯ ${row.hidden.length.toLocaleString('en')} lines`}));
    return element;
  }
  const side = view.side(row), line = view.lineOf(row), text = side.lines[line];
  if (view.isTraced(row)) element.classList.add('traced');
  const opens = /\{\s*$/.test(text);
  element.append(make('span', {class: 'gutter'},
    make('i', {text: line + (side.first ?? 1)}), make('b', {text: SIGNS[row.kind]}),
    opens ? make('button', {class: 'fold', tabindex: -1, 'aria-label': 'fold region', text: '▾'}) : make('u')));
  if (text.length > LONGEST) element.append(`${text.slice(0, LONGEST)} …`);
  else addTokens(view, element, row, side, line, text);
  return element;
}

// The ruler beside the code: where in all rows changes, finds and the pinned name are.
export function paintRuler(view) {
  const canvas = view.ruler, context = canvas.getContext('2d');
  canvas.height = canvas.clientHeight || 300;
  canvas.width = 12;
  const scale = canvas.height / Math.max(view.rows.length, 1), colours = {};
  const colourOf = name => { // as a canvas knows no light-dark()
    canvas.style.color = `var(${name})`;
    return getComputedStyle(canvas).color;
  };
  const dash = (at, colour, x, width) => {
    context.fillStyle = colours[colour] ??= colourOf(colour);
    context.fillRect(x, at * scale, width, Math.max(2, scale));
  };
  view.rows.forEach((row, at) => {
    if (CLASSES[row.kind] && row.kind !== '…') dash(at, `--mark-${CLASSES[row.kind]}`, 0, 6);
    if (view.isTraced(row)) dash(at, '--mark-traced', 6, 3);
    if (view.marked.has(at) || view.usesPinned(row)) dash(at, '--accent', 6, 6);
  });
}
