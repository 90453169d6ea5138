// Which lines of two texts correspond, given a number for each line (equal lines, equal numbers).

const MOST_EDITS = 200;  // Myers's algorithm is given up beyond this many edits in one gap
const MOST_ROUNDS = 30;  // of anchors within gaps between anchors

// For each number its occurrences in [from, to) of `keys`: how many, and the last one's place.
function occurrences(keys, from, to) {
  const found = new Map();
  for (let i = from; i < to; i++) {
    const entry = found.get(keys[i]);
    if (entry) entry.count++;
    else found.set(keys[i], {count: 1, at: i});
  }
  return found;
}

// The longest run of `pairs` (ordered by the first part) whose second part increases.
export function longestIncreasing(pairs) {
  const tails = [], before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, b], n) => {
    let low = 0, high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]][1] < b) low = middle + 1;
      else high = middle;
    }
    if (low) before[n] = tails[low - 1];
    tails[low] = n;
  });
  const run = [];
  for (let n = tails.at(-1) ?? -1; n >= 0; n = before[n]) run.push(pairs[n]);
  return run.reverse();
}

// Myers's shortest edit of a[a0, a1) to b[b0, b1). Sets match; nothing if it takes too many edits.
function shortestEdit(a, b, [a0, a1, b0, b1], match) {
  const n = a1 - a0, m = b1 - b0;
  const most = Math.min(n + m, MOST_EDITS), middle = most + 1;
  const reach = new Int32Array(2 * most + 3), trace = [];
  // Whether the best way to diagonal k with d edits adds a line of b. Diagonal 0 is at `origin`.
  const adds = (from, origin, k, d) =>
      k === -d || (k !== d && from[origin + k - 1] < from[origin + k + 1]);
  for (let d = 0; d <= most; d++) {
    trace.push(reach.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = adds(reach, middle, k, d) ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++;
      reach[middle + k] = x;
      if (x >= n && x - k >= m) return walkBack(d);
    }
  }

  function walkBack(edits) {
    let x = n, y = m;
    for (let d = edits; d >= 0; d--) {
      const from = trace[d], k = x - y;
      const back = adds(from, d + 1, k, d) ? k + 1 : k - 1;
      const startX = d ? from[d + 1 + back] : 0, startY = d ? startX - back : 0;
      while (x > startX && y > startY) match[a0 + --x] = b0 + --y;
      x = startX;
      y = startY;
    }
  }
}

// For each of `a` the place in `b` it corresponds to, or -1; increasing. Equal ends first, then
// lines that are unique on both sides, then the shortest edit of what lies between.
export function matchLines(a, b) {
  const match = new Int32Array(a.length).fill(-1);
  const solve = (a0, a1, b0, b1, round) => {
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) match[a0++] = b0++;
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) match[--a1] = --b1;
    if (a0 === a1 || b0 === b1) return;
    const inA = occurrences(a, a0, a1), inB = occurrences(b, b0, b1);
    const unique = [];
    for (const [key, {count, at}] of inA)
      if (count === 1 && inB.get(key)?.count === 1) unique.push([at, inB.get(key).at]);
    if (!unique.length || round > MOST_ROUNDS)
      return shortestEdit(a, b, [a0, a1, b0, b1], match);
    let i = a0, j = b0;
    for (const [x, y] of longestIncreasing(unique)) {
      solve(i, x, j, y, round + 1);
      match[x] = y;
      [i, j] = [x + 1, y + 1];
    }
    solve(i, a1, j, b1, round + 1);
  };
  solve(0, a.length, 0, b.length, 0);
  return match;
}

// Numbers for the lines of two texts.
export function numberLines(a, b) {
  const numbers = new Map();
  const number = line => {
    let known = numbers.get(line);
    if (known === undefined) numbers.set(line, known = numbers.size);
    return known;
  };
  return [Int32Array.from(a, number), Int32Array.from(b, number)];
}
