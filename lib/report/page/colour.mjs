// Tokens of IR and assembly with the colours they take, and words that differ between two lines.
import {matchLines, numberLines} from './diff.mjs';

const TOKENS = [
  ['text', /"(?:[^"\\]|\\.)*"/y], ['note', /\/\/.*|;.*/y],
  ['value', /[%^][\w$.#-]+|#[a-z_]\w*(?![\w.<])/iy], ['symbol', /@[\w$.]+|@"[^"]*"/y],
  ['type', /(?:tensor|memref|vector|index|f16|f32|f64|bf16|ptr|void|float|double|i\d+|![a-z_]\w*(?:\.\w+)*)(?![\w.])/y],
  ['number', /-?\b\d+(?:\.\d+)?(?:e[-+]?\d+)?\w*/iy], ['op', /[a-z_]\w*\.[\w.]+/y], ['', /[\w]+|\s+|[^]/y],
];
const ASSEMBLY = [
  ['symbol', /^[\w.$"]+:/y], ['note', /#.*|\/\/.*/y], ['op', /(?<=^\s+)[a-z][\w.]*/y],
  ['text', /"(?:[^"\\]|\\.)*"/y], ['value', /%\w+|\b[xvwq]\d+\b/y], ['number', /\$?-?\b(?:0x)?\d\w*/y],
  ['', /[.\w]+|\s+|[^]/y],
];

// [[token, colour class or '']…] of a line.
export function tokensOf(line, kind) {
  const tokens = [], rules = kind === 'asm' ? ASSEMBLY : TOKENS;
  for (let at = 0; at < line.length;) {
    for (const [name, rule] of rules) {
      rule.lastIndex = at;
      const match = rule.exec(line);
      if (!match) continue;
      tokens.push([match[0], name]);
      at += match[0].length;
      break;
    }
  }
  return tokens;
}

const wordsOf = line => line.match(/[%^][\w$.#-]+|[\w.]+|\s+|[^]/g) ?? [];
const anonymous = word => word[0] === '%' ? '%' : word;

// The places [from, to) in `line` of words that `other` does not have. A name equals any other.
export function differingWords(line, other) {
  const words = wordsOf(line);
  const match = matchLines(...numberLines(words.map(anonymous), wordsOf(other).map(anonymous)));
  const places = [];
  let at = 0;
  words.forEach((word, i) => {
    if (match[i] < 0 && word.trim()) places.push([at, at + word.length]);
    at += word.length;
  });
  return places;
}
