// Runs a reader's code in a worker of its own, which is ended if it takes too long.

const LIMIT = 2000; // milliseconds for all cases

const WORKER = `onmessage = ({data: {code, name, inputs}}) => {
  try {
    const made = new Function(code + '; return typeof ' + name + ' === "function" ? ' + name + ' : null;')();
    if (!made) throw new Error('there is no function called ' + name);
    postMessage({results: inputs.map(input => Array.from(made(...input) ?? []))});
  } catch (error) {
    postMessage({failure: String(error)});
  }
};`;

// Promises {results} or {failure}: what the function `name` of `code` gives for each of `inputs`.
export function runCode(code, name, inputs, limit = LIMIT) {
  const url = URL.createObjectURL(new Blob([WORKER], {type: 'text/javascript'}));
  const worker = new Worker(url);
  return new Promise(resolve => {
    const end = answer => {
      clearTimeout(timer);
      worker.terminate();
      URL.revokeObjectURL(url);
      resolve(answer);
    };
    const timer = setTimeout(() => end({failure: `it did not end within ${limit / 1000} seconds`}), limit);
    worker.onmessage = ({data}) => end(data);
    worker.onerror = event => {
      event.preventDefault();
      end({failure: event.message});
    };
    worker.postMessage({code, name, inputs});
  });
}

// Compares what code gave with what a kernel gave: {good, text} for one case.
export function judgeCase(found, expected, tolerance) {
  if (found.length !== expected.length) return {good: false, text: `${found.length} numbers, and ${expected.length} are expected`};
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const at = Array.from(found).findIndex((value, i) => !(Math.abs(value - expected[i]) <= tolerance * greatest));
  if (at < 0) return {good: true, text: 'as the kernel'};
  return {good: false, text: `element ${at} is ${Number(found[at]).toPrecision(6)}, and the kernel gives ${expected[at].toPrecision(6)}`};
}
