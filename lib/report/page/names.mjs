// What each name of a text means: SSA values, blocks and attribute aliases, resolved by scope.

const NAME = /"(?:[^"\\]|\\.)*"|%[\w$.-]+(?:#\d+)?|\^\w+|#[a-z_]\w*(?![\w.<])/gi;
const RESULTS = /^\s*(?:%[\w$.-]+(?::\d+)?(?:, )?)+ = /;
const ALIAS = /^#\w+ = /;
const LLVM_LABEL = /^([\w$.-]+):/;

// The names in `line`: [{text, at}], in order. Those in strings are no names.
export function namesIn(line) {
  if (!/[%^#]/.test(line)) return [];
  const found = [];
  for (const match of line.matchAll(NAME))
    if (match[0][0] !== '"') found.push({text: match[0], at: match.index});
  return found;
}

// `line` without what renumbering and moving change.
export function nameless(line) {
  if (!/[%^#]/.test(line)) return line.trim();
  return line.trim().replace(NAME, name => name[0] === '"' ? name : name[0]);
}

// `%4#1` and `%4:2` are parts of %4.
export const baseName = name => name.replace(/#\d+$/, '');

export const depthOf = line => line.length - line.trimStart().length;

// The names in force while a text is walked. A result lives in its block, an argument in the region
// that its line opens; depth is indentation.
class Scopes {
  constructor() {
    this.live = new Map();
    this.byDepth = [];
    this.pending = new Map();
  }
  leave(depth) {
    while (this.byDepth.length > depth + 1)
      for (const [name, old] of this.byDepth.pop()?.reverse() ?? [])
        if (old === undefined) this.live.delete(name);
        else this.live.set(name, old);
  }
  define(name, definition, depth) {
    for (let d = this.byDepth.length; d <= depth; d++) this.byDepth.push(undefined);
    (this.byDepth[depth] ??= []).push([name, this.live.get(name)]);
    this.live.set(name, definition);
    const early = this.pending.get(name); // uses above, as a loop's phi has
    this.pending.delete(name);
    return early ?? [];
  }
  await(name, use) {
    if (!this.pending.has(name)) this.pending.set(name, []);
    this.pending.get(name).push(use);
  }
}

// The depth of the block that `line` is in. Labels stand left of their block.
function blockDepth(line) {
  const depth = depthOf(line);
  return /^\s*\^/.test(line) || (depth === 0 && LLVM_LABEL.test(line)) ? depth + 2 : depth;
}

// Whether new names on `line` are arguments of a region, and no uses of what comes later.
function opensRegion(line) {
  return /\{\s*$/.test(line) || /^\s*\^/.test(line);
}

// Resolves all names of `lines` in one walk. Names are numbered in order over the text: those of
// line i are [first[i], first[i + 1]). means[k] is the definition of name k, or -1; definition d is
// on line[d], as the place[d]-th name there.
export function resolveNames(lines) {
  const first = new Int32Array(lines.length + 1);
  const means = [], line = [], place = [];
  const scopes = new Scopes();
  const define = (name, at, nth, depth) => {
    const definition = line.push(at) - 1;
    place.push(nth);
    for (const use of scopes.define(name, definition, depth)) means[use] = definition;
    return definition;
  };
  lines.forEach((text, i) => {
    first[i] = means.length;
    if (!text) return;
    const depth = blockDepth(text);
    scopes.leave(depth);
    if (depthOf(text) === 0 && /^(define|\})/.test(text)) scopes.pending.clear();
    const label = depthOf(text) === 0 && LLVM_LABEL.exec(text);
    if (label) define(`%${label[1]}`, i, -1, depth);
    const results = RESULTS.exec(text)?.[0].length ?? (ALIAS.test(text) ? 2 : 0);
    const regional = opensRegion(text);
    namesIn(text).forEach(({text: name, at}, nth) => {
      const base = baseName(name), known = scopes.live.get(base);
      const block = base[0] === '^';
      const isLabel = block && at === depthOf(text);
      if (at < results) means.push(define(base, i, nth, depth));
      else if (isLabel || (known === undefined && regional && !block))
        means.push(define(base, i, nth, block ? depth : regional ? Math.max(depth, depthOf(text) + 2) : depth));
      else {
        if (known === undefined) scopes.await(base, means.length);
        means.push(known ?? -1);
      }
    });
  });
  first[lines.length] = means.length;
  return {first, means: Int32Array.from(means), line: Int32Array.from(line),
          place: Int32Array.from(place)};
}

// Lines that name definition `d`, the defining one first, each once.
export function linesNaming(names, d) {
  const found = [names.line[d]];
  for (let i = 0; i + 1 < names.first.length; i++)
    for (let k = names.first[i]; k < names.first[i + 1]; k++)
      if (names.means[k] === d) {
        if (i !== names.line[d]) found.push(i);
        break;
      }
  return found;
}

// What the defining line says about types: an argument's own, or all of the op's.
export function typesAt(text, name, place) {
  const token = namesIn(text)[place];
  const after = token ? text.slice(token.at + token.text.length) : '';
  const argument = /^: ((?:[^,()<>{}]|<[^>]*(?:<[^>]*>[^>]*)*>)+)/.exec(after);
  if (argument) return argument[1].trim();
  const types = / : (?!i64 *[,}])(?=[^:]*$)(.*?)\s*\{?$/.exec(text) ?? / -> (.*?)\s*\{?$/.exec(text);
  return types ? types[1] : '';
}
