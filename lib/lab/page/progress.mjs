// What a reader has answered and written, kept where the browser lets pages keep things, and as text.

const PLACE = 'cria-lab';

const isText = value => typeof value === 'string';

export class Progress {
  constructor(storage) {
    this.storage = storage;
    this.answered = new Set();
    this.code = new Map();
    try {
      this.read(storage?.getItem(PLACE) ?? '{}');
    } catch { /* a page that may keep nothing, or keeps something else */
    }
  }
  has(id) {
    return this.answered.has(id);
  }
  add(id) {
    this.answered.add(id);
    this.keep();
  }
  codeOf(id) {
    return this.code.get(id);
  }
  addCode(id, text) {
    this.code.set(id, text);
    this.keep();
  }
  toText() {
    return JSON.stringify({answered: [...this.answered], code: Object.fromEntries(this.code)}, null, 1);
  }
  // Adds what a text of toText() says, or throws and changes nothing.
  read(text) {
    const {answered = [], code = {}} = JSON.parse(text) ?? {};
    if (!Array.isArray(answered) || !answered.every(isText) || !Object.values(code).every(isText)) throw new Error('no progress of the lab');
    answered.forEach(id => this.answered.add(id));
    Object.entries(code).forEach(([id, written]) => this.code.set(id, written));
  }
  keep() {
    try {
      this.storage?.setItem(PLACE, this.toText());
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
