"""ONNX's backend node tests of attention, rotary embedding and RMS norm, as IR for cria-run.

    pip install onnx==1.23.2 && python onnx_goldens.py

Writes onnx/<test>/: `op.mlir`, inputs and expected outputs as .npy in Cria's layout, and `case.json`; and
onnx/README.md, which says what was taken and why the rest was not. Inputs and outputs are those of the ONNX
project (Apache-2.0, Copyright ONNX Project Contributors); nothing is computed here, only laid out anew.
"""

import json
import math
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx

warnings.simplefilter("ignore")  # of other ops' tests, which are made on import
from onnx.backend.test.case.node import collect_testcases  # noqa: E402

OPS = ("RMSNormalization", "RotaryEmbedding", "Attention")
ROOT = Path(__file__).with_name("onnx")
STORED = {"float32": "f32", "float16": "f16", "bfloat16": "bf16"}
# ONNX computes in the type of the inputs, Cria in f32: they differ by the rounding of the former.
TOLERANCE = {"f32": 1e-5, "f16": 4e-3, "bf16": 3e-2}


class NotTaken(Exception):
    """Why a test is not expressible."""


def tensor(array: np.ndarray | tuple, element: str = "f32") -> str:
    shape = array.shape if isinstance(array, np.ndarray) else array
    return f"tensor<{''.join(f'{extent}x' for extent in shape)}{element}>"


class Function:
    """The text of @f, with its arguments and results."""

    def __init__(self, element: str):
        self.element, self.arguments, self.types, self.lines, self.results = element, {}, {}, [], {}
        self.count = 0

    def argument(self, name: str, value: np.ndarray, element: str = "f32") -> str:
        self.arguments[name], self.types[name] = value, tensor(value, element)
        return f"%{name}"

    def op(self, text: str) -> str:
        self.count += 1
        self.lines.append(f"  %{self.count} = {text}")
        return f"%{self.count}"

    def empty(self, shape: tuple, element: str = "f32") -> str:
        return self.op(f"tensor.empty() : {tensor(shape, element)}")

    def index(self, value: int) -> str:
        return self.op(f"arith.constant {value} : index")

    def slice(self, value: str, whole: tuple, at: tuple, sizes: tuple, part: tuple, element: str = "f32") -> str:
        return self.op(f"tensor.extract_slice {value}{list(at)} {list(sizes)} {[1] * len(at)}"
                       f" : {tensor(whole, element)} to {tensor(part, element)}")

    def insert(self, part: str, of: tuple, into: str, whole: tuple, at: tuple, sizes: tuple,
               element: str = "f32") -> str:
        return self.op(f"tensor.insert_slice {part} into {into}{list(at)} {list(sizes)} {[1] * len(at)}"
                       f" : {tensor(of, element)} into {tensor(whole, element)}")

    def result(self, value: str, expected: np.ndarray, element: str = "f32") -> None:
        self.results[value] = (expected, tensor(expected, element))

    def write(self, folder: Path, source: str) -> None:
        folder.mkdir(parents=True)
        types = ", ".join(kind for _, kind in self.results.values())
        arguments = ",\n             ".join(f"%{name}: {kind}" for name, kind in self.types.items())
        (folder / "op.mlir").write_text(
            f"// {source}\nfunc.func @f({arguments})\n    -> ({types}) {{\n" + "\n".join(self.lines) +
            f"\n  return {', '.join(self.results)} : {types}\n}}\n")
        for name, value in self.arguments.items():
            np.save(folder / f"{name}.npy", np.ascontiguousarray(value))
        expected = []
        for number, (value, _) in enumerate(self.results.values()):
            expected.append(f"expected_{number}.npy")
            np.save(folder / expected[-1], np.ascontiguousarray(value).astype(np.float32))
        case = {"arguments": [f"{name}.npy" for name in self.arguments], "expected": expected,
                "tolerance": TOLERANCE[self.element]}
        (folder / "case.json").write_text(json.dumps(case, indent=1) + "\n")


def rms_norm(node: dict, inputs: list, outputs: list) -> Function:
    x, scale = inputs
    axis = node.get("axis", -1) % x.ndim
    rows, width = math.prod(x.shape[:axis]), math.prod(x.shape[axis:])
    if scale.size != width:
        raise NotTaken("its scale is broadcast")
    f = Function("f32")
    args = f.argument("x", x.reshape(rows, width)), f.argument("scale", scale.reshape(width))
    shape = tensor((rows, width))
    f.result(f.op(f"cria.rms_norm {args[0]}, {args[1]} into {f.empty((rows, width))}"
                  f" {{eps = {node.get('epsilon', 1e-5):.9e} : f64}}"
                  f" : {shape}, {tensor((width,))} into {shape}"), outputs[0].reshape(rows, width))
    return f


def rotary(node: dict, inputs: list, outputs: list) -> Function:
    x, cos, sin, *ids = inputs
    y = outputs[0]
    if x.ndim == 3:
        heads = node["num_heads"]
        x, y = (a.reshape(*a.shape[:2], heads, -1) for a in (x, y))
    else:  # [batch, heads, tokens, head dim]
        x, y = (a.transpose(0, 2, 1, 3) for a in (x, y))
    cos, sin = (c[ids[0]] if ids else c for c in (cos, sin))
    # A rotation is of one token: batches are more tokens.
    (tokens, heads, width), pairs = (x.shape[0] * x.shape[1], *x.shape[2:]), cos.shape[-1]
    whole, part, table = (tokens, heads, width), (tokens, heads, 2 * pairs), (tokens, pairs)
    f = Function("f32")
    value = f.argument("x", x.reshape(whole))
    tables = f.argument("cos", cos.reshape(table)), f.argument("sin", sin.reshape(table))
    turned = value if part == whole else f.slice(value, whole, (0, 0, 0), part, part)
    pairing = " {pairing = 1 : i32}" if node.get("interleaved") else ""
    turned = f.op(f"cria.rope {turned}, {tables[0]}, {tables[1]} into {f.empty(part)}{pairing}"
                  f" : {tensor(part)}, {tensor(table)}, {tensor(table)} into {tensor(part)}")
    if part != whole:
        turned = f.insert(turned, part, value, whole, (0, 0, 0), part)
    f.result(turned, y.reshape(whole))
    return f


def refuse_attention(name: str, node: dict, inputs: dict, outputs: dict) -> None:
    if "3d" in name:
        raise NotTaken("the same as its 4d sibling in another layout, which is no matter of the op")
    if "attn_mask" in inputs:
        raise NotTaken("an explicit mask; Cria's is causal")
    if node.get("softcap"):
        raise NotTaken("softcap")
    if node.get("left_window_size", -1) >= 0 or node.get("right_window_size", -1) >= 0:
        raise NotTaken("a sliding window")
    if "scores" in outputs:
        raise NotTaken("scores as a result")


def attention(name: str, node: dict, inputs: dict, outputs: dict) -> Function:
    refuse_attention(name, node, inputs, outputs)
    element = STORED[inputs["Q"].dtype.name]
    q = inputs["Q"].transpose(0, 2, 1, 3).astype(np.float32)  # [batch, tokens, heads, head dim]
    keys, values = inputs["K"], inputs["V"]
    (batches, tokens, heads, width), kv_heads = q.shape, keys.shape[1]
    past = inputs["past_key"].shape[2] if "past_key" in inputs else 0
    rows = past + keys.shape[2]
    f = Function(element)
    query = f.argument("q", q)
    caches, fresh = [], []
    for cache, new in (("past_key", keys), ("past_value", values)):
        whole = new
        if past:  # rows that are not there yet are zeros, and are appended by the op
            room = np.zeros((batches, kv_heads, new.shape[2], new.shape[3]), new.dtype)
            whole = np.concatenate([inputs[cache], room], axis=2)
            rows_in = new.transpose(0, 2, 1, 3).astype(np.float32)
            fresh.append((f.argument(f"new_{cache[5:]}", rows_in), rows_in.shape))
        caches.append((f.argument(cache[5:] + "s", whole, element), whole.shape))
    lengths = inputs.get("nonpad_kv_seqlen")
    scale = node.get("scale", 1 / math.sqrt(width))
    present, out = [value for value, _ in caches], None
    out_shape = (batches, tokens, heads, values.shape[3])
    out = f.empty(out_shape)
    for b in range(batches):
        pair = []
        for i, (cache, shape) in enumerate(caches):
            part = shape[1:]
            mine = f.slice(cache, shape, (b, 0, 0, 0), (1, *part), part, element)
            if past:
                rows_of, new_shape = fresh[i]
                new = f.slice(rows_of, new_shape, (b, 0, 0, 0), (1, *new_shape[1:]), new_shape[1:])
                mine = f.op(f"cria.kv_append {new} at {f.index(past)} into {mine}"
                            f" : {tensor(new_shape[1:])} into {tensor(part, element)}")
                present[i] = f.insert(mine, part, present[i], shape, (b, 0, 0, 0), (1, *part), element)
            pair.append((mine, tensor(part, element)))
        visible = int(lengths[b]) if lengths is not None else rows
        causal = node.get("is_causal")
        first = visible - tokens if causal and lengths is not None else past
        if first < 0:
            raise NotTaken("tokens before the first row of the cache")
        # Without a causal mask every token sees all rows, as a single one at the end does.
        steps = [(0, tokens, first)] if causal else [(t, 1, visible - 1) for t in range(tokens)]
        for at, count, position in steps:
            part, made = (count, heads, width), (count, heads, values.shape[3])
            mine = f.slice(query, q.shape, (b, at, 0, 0), (1, *part), part)
            attended = attend(f, mine, part, made, pair, rows, position, scale)
            out = f.insert(attended, made, out, out_shape, (b, at, 0, 0), (1, *made))
    f.result(out, outputs["out"].transpose(0, 2, 1, 3))
    for value, name in zip(present, ("present_key", "present_value")):
        if name in outputs:
            f.result(value, outputs[name], element)
    return f


def attend(f: Function, query: str, part: tuple, made: tuple, pair: list, rows: int, position: int,
           scale: float) -> str:
    (keys, key_type), (values, value_type) = pair
    at, kind = f.index(position), tensor(part)
    if key_type == value_type:
        return f.op(f"cria.attend {query}, {keys}, {values} at {at} into {f.empty(made)}"
                    f" {{scale = {scale:.17e} : f64}} : {kind}, {key_type}, {value_type} into {kind}")
    scores = tensor((*part[:2], rows))  # values of another head dim: the three steps of attend
    made_scores = f.op(f"cria.scores {query}, {keys} at {at} into {f.empty((*part[:2], rows))}"
                       f" {{scale = {scale:.17e} : f64}} : {kind}, {key_type} into {scores}")
    weights = f.op(f"cria.softmax {made_scores} at {at} into {f.empty((*part[:2], rows))} : {scores} into {scores}")
    return f.op(f"cria.mix {weights}, {values} at {at} into {f.empty(made)}"
                f" : {scores}, {value_type} into {tensor(made)}")


def convert(case: onnx.backend.test.case.test_case.TestCase) -> Function:
    node = case.model.graph.node[0]
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    inputs, outputs = ([np.asarray(a) for a in half] for half in case.data_sets[0])
    if node.op_type == "RMSNormalization":
        return rms_norm(attributes, inputs, outputs)
    if node.op_type == "RotaryEmbedding":
        return rotary(attributes, inputs, outputs)
    named = dict(zip([name for name in node.input if name], inputs))
    kinds = dict(zip(node.output, ("out", "present_key", "present_value", "scores")))
    made = dict(zip([kinds[name] for name in node.output if name], outputs))
    return attention(case.name, attributes, named, made)


def main() -> None:
    shutil.rmtree(ROOT, ignore_errors=True)
    taken, left = [], []
    for case in sorted(collect_testcases(None), key=lambda case: case.name):  # one call only: it fills a global list
        name = case.name
        if case.model.graph.node[0].op_type not in OPS or "_expanded" in name:
            continue  # expanded: the same numbers by a graph of smaller ops
        try:
            convert(case).write(ROOT / name, f"{name} of ONNX {onnx.__version__}, Apache-2.0")
            taken.append(name)
        except NotTaken as why:
            left.append((name, why))
    rows = [f"| {name} | taken |" for name in taken] + [f"| {name} | {why} |" for name, why in left]
    (ROOT / "README.md").write_text(
        "# ONNX's node tests\n\nMade by `../onnx_goldens.py` from the backend node tests of ONNX "
        f"{onnx.__version__} (Apache-2.0, Copyright ONNX Project\nContributors). `e2e-onnx` runs each of the "
        f"{len(taken)} that are taken with cria-run. {len(left)} others are not:\n\n"
        "| test | taken, or why not |\n|---|---|\n" + "\n".join(rows) + "\n")
    print(len(taken), "taken,", len(left), "not")


main()
