// The panel beside the code: the pinned name, the pass, its counts and remarks.
import {asCount, asNumberOf, asSeconds} from './numbers.mjs';
import {make} from './dom.mjs';
import {linesNaming, typesAt} from './names.mjs';

const MOST_USES = 200; // links to lines that are listed

// What a pinned name is: its definition, types and uses. `go` shows a line.
export function pinnedFacts({side, definition, name}, go) {
  const link = line => make('li', {}, make('button', {class: 'link', onclick: () => go(line + (side.first ?? 1)),
    text: `${line + (side.first ?? 1)}: ${side.lines[line].trim().slice(0, 160)}`}));
  if (definition < 0)
    return make('section', {class: 'pinfacts'}, make('h2', {text: name}), make('p', {text: 'Defined outside of what is shown.'}));
  const lines = linesNaming(side.names, definition);
  const at = side.names.line[definition];
  const types = typesAt(side.lines[at], name, side.names.place[definition]);
  return make('section', {class: 'pinfacts'}, make('h2', {text: name}),
    types ? make('p', {class: 'types', text: types}) : null,
    make('h3', {text: 'defined in line'}), make('ol', {class: 'lines'}, link(at)),
    make('h3', {text: `named in ${asNumberOf(lines.length - 1, 'other line')}`}),
    make('ol', {class: 'lines'}, lines.slice(1, MOST_USES + 1).map(link)));
}

// Op counts by dialect, and how they differ from those before.
function opCounts(step, before) {
  const names = [...new Set([...Object.keys(before?.ops ?? {}), ...Object.keys(step.ops ?? {})])].sort();
  if (!names.length) return null;
  return make('section', {}, make('h3', {text: 'ops by dialect'}), make('dl', {class: 'counts'}, names.flatMap(name => {
    const count = step.ops[name] ?? 0, change = before ? count - (before.ops[name] ?? 0) : 0;
    return [make('dt', {text: name}), make('dd', {}, asCount(count),
      change ? make('span', {class: 'change', text: ` ${change > 0 ? '+' : '−'}${asCount(Math.abs(change))}`}) : null)];
  })));
}

const KINDS = {passed: '✓ applied', missed: '✗ missed', analysis: 'i analysis', failure: '! failed'};

export function remarkList(remarks, heading = 'remarks') {
  if (!remarks.length) return null;
  return make('section', {}, make('h3', {text: `${heading} (${remarks.length})`}), make('ul', {class: 'remarks'},
    remarks.map(({kind, pass, message, line, args, function: inside}) => make('li', {class: kind},
      make('b', {text: KINDS[kind] ?? kind}), ` ${pass}${inside ? ` in ${inside}` : ''}: ${args?.op ? `${args.op}: ` : ''}${message} `,
      line ? make('span', {class: 'origin', text: line}) : null))));
}

// What a pass is and did.
export function stepFacts(report, step, before) {
  const phase = report.phases.find(({name}) => name === step.phase);
  const mine = (step.remarks ?? []).map(at => report.remarks[at]).filter(Boolean);
  return make('div', {}, make('section', {}, make('h2', {text: step.pass}),
      step.summary ? make('p', {text: step.summary}) : null,
      make('p', {class: 'soft', text: `${step.changed ? 'Changed' : 'Did not change'} the code${step.seconds ? `, in ${asSeconds(step.seconds)}` : ''}.`}),
      phase ? make('p', {class: 'soft', text: `Phase ${phase.name}: ${phase.purpose}.`.replace('..', '.')}) : null),
    opCounts(step, before), remarkList(mine));
}
