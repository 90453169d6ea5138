// The worker that compares texts, so that the page answers while it does. It runs the page's own
// program from a Blob: a page that was opened from a file can load no other.
import {compareTexts, readyText} from './meaning.mjs';
import {restoreNames, unpack} from './texts.mjs';

// Texts are kept, as a reader goes back and forth: the last few, for some are large.
const KEPT = 6;

async function load(kept, {id, packed, kind}) {
  if (!kept.has(id)) {
    const relative = (await unpack(packed)).split('\n');
    kept.set(id, {relative, lines: kind === 'mlir' ? restoreNames(relative) : relative});
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(id);
}

// Lines [first, last] of a text, or all.
function cut(text, range) {
  if (!range) return text.whole ??= readyText(text.relative, text.lines);
  const part = lines => lines.slice(range[0] - 1, range[1]);
  return readyText(part(text.relative), part(text.lines));
}

// Answers {before: {id, packed, kind}|null, after, ranges: [before, after]}; with `outline` only the
// lines of `after`.
export async function compareRequest(kept, {before, after, ranges, outline}) {
  if (outline) return {lines: (await load(kept, after)).lines};
  const b = cut(await load(kept, after), ranges?.[1]);
  const a = before && cut(await load(kept, before), ranges?.[0]);
  const shown = text => text && {lines: text.lines, names: text.names};
  return {before: shown(a), after: shown(b), ...(a && compareTexts(a, b))};
}

// Answers requests in the worker.
export function serve(scope) {
  const kept = new Map();
  scope.onmessage = async ({data: {ticket, request}}) => {
    try {
      scope.postMessage({ticket, answer: await compareRequest(kept, request)});
    } catch (error) {
      scope.postMessage({ticket, failure: String(error)});
    }
  };
}

// A worker that runs `program`: ask(request) promises the answer.
export function startWorker(program) {
  const url = URL.createObjectURL(new Blob([program], {type: 'text/javascript'}));
  const worker = new Worker(url);
  const open = new Map();
  let tickets = 0;
  worker.onmessage = ({data: {ticket, answer, failure}}) => {
    const {resolve, reject} = open.get(ticket);
    open.delete(ticket);
    if (failure) reject(new Error(failure));
    else resolve(answer);
  };
  return request => new Promise((resolve, reject) => {
    open.set(++tickets, {resolve, reject});
    worker.postMessage({ticket: tickets, request});
  });
}
