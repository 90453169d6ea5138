// Sets of fusions share kernels and remarks: the data has each once, and sets its number.

export function withShared(data) {
  const {kernels, remarks} = data.shared ?? {};
  for (const set of data.sets ?? []) {
    set.kernels = set.kernels.map(number => kernels[number]);
    set.remarks = set.remarks.map(number => remarks[number]);
  }
  return data;
}

// The set of `sets` that differs from `set` in the fusion `bit`; undefined if there is none.
export const toggled = (sets, set, bit) => sets.find(({on}) => on === (set.on ^ 1 << bit));
