// Text to tokens and back: byte-level BPE, as tokenizer.json says.

// Each byte as the character that stands for it in the vocabulary: itself if it can be seen, else one from 256 on.
function byteCharacters() {
  const shown = byte => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({length: 256}, (_, byte) => String.fromCharCode(shown(byte) ? byte : next++));
}

// JavaScript's expressions have (?i:…) only lately: letters in both cases.
const spellCases = pattern =>
  pattern.replace(/\(\?i:([^)]*)\)/g, (_, inner) => `(?:${inner.replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)})`);

export class Tokenizer {
  constructor(file) {
    const {model, added_tokens: added, pre_tokenizer: before} = file;
    this.characters = byteCharacters();
    this.bytes = new Map(this.characters.map((character, byte) => [character, byte]));
    this.ids = new Map(Object.entries(model.vocab));
    this.pieces = [];
    for (const [piece, id] of this.ids) this.pieces[id] = piece;
    this.ranks = new Map(model.merges.map((pair, rank) => [Array.isArray(pair) ? pair.join(' ') : pair, rank]));
    this.special = new Map(added.map(({id, content}) => [id, content]));
    this.bos = added.find(({content}) => content === '<|begin_of_text|>').id;
    this.words = new RegExp(spellCases(before.pretokenizers[0].pattern.Regex), 'gu');
  }
  // Merges the pair of the lowest rank until no pair has one.
  pieceIds(word) {
    const parts = [...new TextEncoder().encode(word)].map(byte => this.characters[byte]);
    for (;;) {
      const ranks = parts.slice(1).map((part, i) => this.ranks.get(`${parts[i]} ${part}`) ?? Infinity);
      const best = ranks.reduce((least, rank) => Math.min(least, rank), Infinity);
      if (best === Infinity) return parts.map(part => this.ids.get(part));
      const at = ranks.indexOf(best);
      parts.splice(at, 2, parts[at] + parts[at + 1]);
    }
  }
  // Special tokens are read where they are spelled out.
  encode(text) {
    const ids = new Map([...this.special].map(([id, name]) => [name, id]));
    const parts = text.split(new RegExp(`(${[...ids.keys()].map(name => name.replaceAll('|', '\\|')).join('|')})`));
    return [
      this.bos, ...parts.flatMap(part => ids.has(part) ? [ids.get(part)] : (part.match(this.words) ?? []).flatMap(word => this.pieceIds(word)))
    ];
  }
  // Of all tokens together: a character may be several.
  decode(ids) {
    const bytes = ids.filter(id => !this.special.has(id)).flatMap(id => [...this.pieces[id]].map(character => this.bytes.get(character)));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }
  // One token, to be shown alone: its bytes, where they are a part of a character.
  name(id) {
    const name = this.special.get(id) ?? this.decode([id]);
    return name.includes('\ufffd') ? `⟨${[...this.pieces[id]].map(character => this.bytes.get(character).toString(16)).join(' ')}⟩` : name;
  }
}
