// The keyboard: what a key does, unless something is being typed.

export const KEYS = [
  ['j', 'next pass'], ['k', 'previous pass'], ['n', 'next change'], ['p', 'previous change'],
  ['/', 'find in code'], ['Escape', 'back to the code'], ['1 – 4', 'switch the view'], ['?', 'this help'],
];

// The action of a key event: one of the names below, or null.
export function actionOf({key, ctrlKey, metaKey, altKey}, typing) {
  if (ctrlKey || metaKey || altKey) return null;
  if (typing) return key === 'Escape' ? 'leave' : null;
  const actions = {j: 'nextPass', k: 'previousPass', n: 'nextChange', p: 'previousChange', '/': 'find', '?': 'help', Escape: 'leave'};
  return actions[key] ?? (/^[1-9]$/.test(key) ? `view${key}` : null);
}

export const isTyping = element => ['INPUT', 'SELECT', 'TEXTAREA'].includes(element?.tagName) && element.type !== 'checkbox';
