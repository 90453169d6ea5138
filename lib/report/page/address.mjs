// The address after # says what is shown, so that a place can be sent: view, step, line and name.

export function readAddress(hash) {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const place = Object.fromEntries(fields);
  for (const key of ['line', 'tokens', 'context'])
    if (key in place) {
      place[key] = Number.parseInt(place[key], 10);
      if (!(place[key] >= 0)) delete place[key];
    }
  return place;
}

// The address of `place`; fields without a value are left out.
export function writeAddress(place) {
  const given = Object.entries(place).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return `#${new URLSearchParams(given)}`;
}
