// Weights of a safetensors file, for Model.load of model.mjs.

/** The table of include/cria/storages.h, as far as these files have it. */
const STORAGES = { F32: "f32", F16: "f16", BF16: "bf16" };

/** A function from a name to {storage, shape, bytes}. `files` are the contents of all shards. */
export function safetensors(...files) {
  const tensors = new Map();
  for (const file of files)
    for (const [name, tensor] of entries(file))
      tensors.set(name, tensor);
  return name => {
    const tensor = tensors.get(name);
    if (!tensor)
      throw new Error(`${name} is not in the weights`);
    return tensor;
  };
}

function* entries(file) {
  const size = file.length < 8 ? Infinity : Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (size > file.length - 8)
    throw new Error("weights: the file is cut off");
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + size)));
  for (const [name, { dtype, shape, data_offsets: [begin, end] = [] }] of Object.entries(header)) {
    if (name === "__metadata__")
      continue;
    if (!STORAGES[dtype])
      throw new Error(`${name}: ${dtype} is not a storage that this page knows`);
    if (!(begin >= 0 && begin <= end && 8 + size + end <= file.length))
      throw new Error(`${name}: its bytes are not in the file`);
    yield [name, { storage: STORAGES[dtype], shape, bytes: file.subarray(8 + size + begin, 8 + size + end) }];
  }
}
