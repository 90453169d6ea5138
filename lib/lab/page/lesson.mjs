// A page of the lab: the same seven parts in the same order.
import {make} from '../../report/page/dom.mjs';

import {breakBox} from './breakview.mjs';
import {checkTable} from './checks.mjs';
import {definitionBoxes} from './definitions.mjs';
import {exerciseBox} from './exercise.mjs';
import {formulas} from './mathml.mjs';
import {passBoxes} from './passview.mjs';

const part = (title, ...children) => make('section', {class: 'part'}, make('h2', {text: title}), ...children);

// {title, claim, checks(), picture, controls, notes, exercises, formulas, where, sources, ops, breaks}.
export function lesson(lab, page) {
  const boxes = kinds => page.exercises.filter(({kind}) => kinds.includes(kind)).map(exercise => exerciseBox(exercise, lab.progress));
  const element = make(
    'article', {class: 'lesson'}, make('h1', {text: page.title}), make('p', {class: 'claim'}, ...page.claim),
    part('Picture', page.controls, page.picture, ...page.notes ?? []), part('Is it so?', checkTable(page.checks())),
    part('Predict, then run', boxes(['choose', 'number'])),
    part(
      'The op', formulas(...page.formulas), make('ul', {class: 'where'}, page.where.map(text => make('li', {}, ...text))),
      definitionBoxes(lab.definitions, page.sources)),
    part('Through the compiler', passBoxes(lab, page.ops)), part('Break it', make('p', {}, page.breakText), breakBox(lab, page.breaks)),
    part('Write it', boxes(['code'])));
  return element;
}
