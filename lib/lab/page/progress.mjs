// What a reader has answered, kept where the browser lets pages keep things.

const PLACE = 'cria-lab';

export class Progress {
  constructor(storage) {
    this.storage = storage;
    this.done = new Set();
    try {
      this.done = new Set(JSON.parse(storage?.getItem(PLACE) ?? '[]'));
    } catch { /* a page that may keep nothing, or keeps something else */
    }
  }
  has(id) {
    return this.done.has(id);
  }
  add(id) {
    this.done.add(id);
    try {
      this.storage?.setItem(PLACE, JSON.stringify([...this.done]));
    } catch { /* then it lasts as long as the page */
    }
  }
}

// The page's storage, or null where even asking is refused.
export function pageStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
