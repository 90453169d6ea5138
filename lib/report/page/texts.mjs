// Texts of a report: packed in the page, with SSA numbers relative to the last definition.

// The bytes of base64 text.
function bytesOf(base64) {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// The bytes in a data block: base64 of zlib.
export async function inflate(base64) {
  const inflated = new Blob([bytesOf(base64)]).stream().pipeThrough(
      new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

// The text in a data block, UTF-8.
export const unpack = async base64 => new TextDecoder().decode(await inflate(base64));

const DEFINITION = /^\s*%~(-?\d+)(?=(?::\d+)? = )/;
const RELATIVE = /"(?:[^"\\]|\\.)*"|%~(-?\d+)/g;

// Puts SSA numbers back: `%~3` is the number 3 below the last definition. A definition, which is the
// first thing on its line, counts from the one before it. Strings are left alone.
export function restoreNames(lines) {
  let last = 0;
  const absolute = (token, distance) => distance === undefined ? token : `%${last - distance}`;
  return lines.map(line => {
    if (!line.includes('%~')) return line;
    const definition = DEFINITION.exec(line);
    if (!definition) return line.replace(RELATIVE, absolute);
    const number = last - definition[1];
    const head = definition[0].replace(/%~.*/, `%${number}`);
    const tail = line.slice(definition[0].length).replace(RELATIVE, absolute);
    last = number;
    return head + tail;
  });
}
