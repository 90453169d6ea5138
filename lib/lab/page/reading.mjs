// The model reading a text, token by token, with what a page wants to see of it.

// What pages let the model read.
export const SHOWN_TEXT = 'Once upon a time, Noah had a rope. It was grey. Noah put it';

// Reads `ids` from the start; `see(slot, layer, model)` after each op. The logits after the last token.
export function readAll(model, ids, see) {
  model.reset();
  model.see = (slot, layer) => see(slot, layer, model);
  let logits;
  try {
    for (const id of ids) logits = model.step(id).slice();
  } finally {
    model.see = null;
  }
  return logits;
}

// [token][layer] of the values called `name` after `slot`.
export function valuesAfter(model, ids, slot, name) {
  const seen = [];
  readAll(model, ids, (at, layer) => {
    if (at !== slot) return;
    if (layer === 0) seen.push([]);
    seen.at(-1).push(model.get(name).slice());
  });
  return seen;
}
