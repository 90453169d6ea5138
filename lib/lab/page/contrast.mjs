// Absolute vectors, for contrast with rotary ones: words, the vectors of their positions, and their sums.
import {make} from '../../report/page/dom.mjs';

import {caption} from './controls.mjs';
import {Pane} from './panes.mjs';

const SHARE = 0.5; // of the vectors, beside words of about 1

const sumOf = ([a, b], [c, d]) => [a + c, b + d];

// {elements, update(words, vectors)}: update gives the words with the vectors added.
export function absolutePanes(names) {
  const bare = new Pane('the words, as above', names), absolute = new Pane('the absolute vector of each position', names),
        added = new Pane('the words with the absolute vector of their position added', names);
  return {
    update({q, k}, vectors) {
      const [forQ, forK] = [vectors.q, vectors.k].map(vector => vector.map(value => SHARE * value)), sums = {q: sumOf(q, forQ), k: sumOf(k, forK)};
      bare.update({q, k});
      absolute.update({q: forQ, k: forK});
      added.update(sums);
      return sums;
    },
    elements: [
      make('h3', {text: 'For contrast: absolute vectors, which are added'}),
      make(
        'div', {class: 'panes contrast'}, caption(bare.svg, [make('b', {text: 'Words, '}), 'as above.']),
        caption(absolute.svg, [make('b', {text: 'Absolute vectors. '}), 'Half of (cos φ, sin φ), to be added.']),
        caption(added.svg, [make('b', {text: 'Their sums. '}), 'Move both: lengths, angle and product change.'])),
      make(
        'p', {class: 'soft'},
        'The first Transformer added a vector of each position to the words, fixed (Vaswani et al. 2017) or learnt. These two numbers stand for one pair of such a vector.')
    ]
  };
}
