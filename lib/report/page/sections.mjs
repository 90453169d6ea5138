// Parts of a text that can be shown alone: its functions, and its kernels before they are some.

const FUNCTION = /^(\s*)(?:func\.func|llvm\.func|define)\b[^@]*@("[^"]*"|[\w.$-]+)/;
const ASSEMBLY_LABEL = /^"?([A-Za-z_][\w.$]*)"?:/;

function functionsIn(lines) {
  const found = [];
  for (let i = 0; i < lines.length; i++) {
    const match = FUNCTION.exec(lines[i]);
    if (!match || !/\{\s*$/.test(lines[i])) continue;
    const end = lines.indexOf(`${match[1]}}`, i);
    if (end > 0) found.push({name: match[2].replaceAll('"', ''), first: i + 1, last: end + 1});
  }
  return found;
}

// A function of assembly begins at its label and ends where its size is stated.
function assemblyIn(lines) {
  const found = [];
  for (let i = 0; i < lines.length; i++) {
    const name = ASSEMBLY_LABEL.exec(lines[i])?.[1];
    if (!name || name.startsWith('.L') || name.startsWith('Lfunc')) continue;
    let end = i + 1;
    while (end < lines.length && !ASSEMBLY_LABEL.test(lines[end]) && !/^\s*\.size\b/.test(lines[end])) end++;
    if (/^\s+[a-z]/m.test(lines.slice(i, end).join('\n'))) found.push({name, first: i + 1, last: end});
  }
  return found;
}

// [{name, first, last}], lines counted from 1. `kernels` are [[name, first, last]…], counted from 0,
// of kernels that are no functions yet.
export function sectionsOf(lines, kind, kernels) {
  const functions = kind === 'asm' ? assemblyIn(lines) : functionsIn(lines);
  const taken = new Set(functions.map(({name}) => name));
  const inside = (kernels ?? []).map(([name, first, last]) => ({name, first: first + 1, last: last + 1}));
  return [...functions, ...inside.filter(({name}) => !taken.has(name))].sort((a, b) => a.first - b.first || b.last - a.last);
}
