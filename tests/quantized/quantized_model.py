"""Makes small Llamas with quantised matrices, as folders of Hugging Face have them, and says what their values are.
Numbers are drawn first and packed then, by the descriptions of the formats: no code is shared with what reads them."""

import json
import random
import struct
from pathlib import Path

HIDDEN, FFN, HEADS, KV_HEADS, VOCAB, GROUP = 64, 160, 4, 2, 48, 32
CONFIG = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": VOCAB, "hidden_size": HIDDEN,
          "intermediate_size": FFN, "num_hidden_layers": 1, "num_attention_heads": HEADS,
          "num_key_value_heads": KV_HEADS, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
          "tie_word_embeddings": False}
LAYER = "model.layers.0."
MATRICES = {"self_attn.q_proj": (HIDDEN, HIDDEN), "self_attn.k_proj": (HIDDEN // 2, HIDDEN),
            "self_attn.v_proj": (HIDDEN // 2, HIDDEN), "self_attn.o_proj": (HIDDEN, HIDDEN),
            "mlp.gate_proj": (FFN, HIDDEN), "mlp.up_proj": (FFN, HIDDEN), "mlp.down_proj": (HIDDEN, FFN)}
AWQ_ORDER = (0, 2, 4, 6, 1, 3, 5, 7)  # which of 8 neighbours has the lowest 4 bits of a word, the next ones, ...

Rows = list[list[float]]
Tensors = dict[str, tuple[str, list[int], bytes]]


def f32(value: float) -> float:
    return struct.unpack("<f", struct.pack("<f", value))[0]


def floats(dtype: str, values: list[float]) -> bytes:
    if dtype == "BF16":  # of values that it has
        return b"".join(struct.pack("<f", value)[2:] for value in values)
    return struct.pack(f"<{len(values)}{'e' if dtype == 'F16' else 'f'}", *values)


def flat(rows: Rows) -> list:
    return [value for row in rows for value in row]


def transpose(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows)]


def pack(rows: list[list[int]], bits: int, order: tuple[int, ...] | None = None) -> bytes:
    """Codes of each row, 32 bits together, the first in the lowest bits."""
    per, words = 32 // bits, []
    for row in rows:
        for begin in range(0, len(row), per):
            some = row[begin:begin + per]
            some = [some[i] for i in order] if order else some
            words.append(sum(code << bits * i for i, code in enumerate(some)))
    return struct.pack(f"<{len(words)}I", *words)


def packed_down(rows: list[list[int]], bits: int) -> bytes:
    """The same of the codes of each column; the rows may not fill the last words."""
    per = 32 // bits
    full = rows + [[0] * len(rows[0])] * (-len(rows) % per)
    words = [sum(full[begin + i][column] << bits * i for i in range(per))
             for begin in range(0, len(full), per) for column in range(len(rows[0]))]
    return struct.pack(f"<{len(words)}I", *words)


class Draw:
    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def codes(self, rows: int, columns: int, least: int, most: int) -> list[list[int]]:
        return [[self.random.randint(least, most) for _ in range(columns)] for _ in range(rows)]

    def scales(self, rows: int, columns: int, exponent: int) -> Rows:
        """Of 8 bits, so that F16 and BF16 have them."""
        return [[self.random.randint(128, 255) * 2.0 ** exponent for _ in range(columns)] for _ in range(rows)]


def product(codes, scales, zeros=None, group=None) -> Rows:
    """scale · (code - zero), by the group of each column."""
    columns = len(codes[0])
    group = group or [k * len(scales[0]) // columns for k in range(columns)]
    return [[f32(scales[n][group[k]] * (codes[n][k] - (zeros[n][group[k]] if zeros else 0))) for k in range(columns)]
            for n in range(len(codes))]


def e4m3(byte: int) -> float:
    exponent, rest = byte >> 3 & 15, byte & 7
    return (-1) ** (byte >> 7) * (rest * 2.0 ** -9 if exponent == 0 else (8 + rest) * 2.0 ** (exponent - 10))


def fp8_bytes(draw: Draw, rows: int, columns: int) -> list[list[int]]:
    return [[code if code & 127 != 127 else 0 for code in row] for row in draw.codes(rows, columns, 0, 255)]


def fp8_block(draw: Draw, rows: int, columns: int) -> tuple[Rows, Tensors]:
    codes = fp8_bytes(draw, rows, columns)
    across, down = -(-columns // 128), -(-rows // 128)
    scales = [[f32(draw.random.uniform(1, 2) * 1e-4) for _ in range(across)] for _ in range(down)]
    values = [[f32(scales[n // 128][k // 128] * e4m3(codes[n][k])) for k in range(columns)] for n in range(rows)]
    return values, {"weight": ("F8_E4M3", [rows, columns], bytes(flat(codes))),
                    "weight_scale_inv": ("F32", [down, across], floats("F32", flat(scales)))}


def fp8_scaled(draw: Draw, rows: int, columns: int, shape: list[int], dtype: str, name: str):
    codes, count = fp8_bytes(draw, rows, columns), rows if len(shape) == 2 else 1
    scales = draw.scales(count, 1, -20)
    values = product([[e4m3(code) for code in row] for row in codes], scales if count == rows else scales * rows)
    return values, {"weight": ("F8_E4M3", [rows, columns], bytes(flat(codes))),
                    name: (dtype, [rows, 1] if count == rows else shape, floats(dtype, flat(scales))),
                    "input_scale": ("F32", [1], floats("F32", [1.0]))}


def int8(draw: Draw, rows: int, columns: int, asymmetric: bool) -> tuple[Rows, Tensors]:
    codes, scales = draw.codes(rows, columns, -128, 127), draw.scales(rows, 1, -18)
    zeros = draw.codes(rows, 1, -9, 9) if asymmetric else None
    tensors = {"weight": ("I8", [rows, columns], struct.pack(f"<{rows * columns}b", *flat(codes))),
               "weight_scale": ("BF16", [rows, 1], floats("BF16", flat(scales)))}
    if zeros:
        tensors["weight_zero_point"] = ("I8", [rows, 1], struct.pack(f"<{rows}b", *flat(zeros)))
    return product(codes, scales, zeros), tensors


def packed(draw: Draw, rows: int, columns: int, bits: int, groups: int, asymmetric: bool) -> tuple[Rows, Tensors]:
    middle, per = 1 << bits - 1, 32 // bits
    codes = draw.codes(rows, columns, 0, 2 * middle - 1)
    scales = draw.scales(rows, groups, -15 if bits == 4 else -18)
    zeros = draw.codes(rows, groups, 0, 15) if asymmetric else [[middle] * groups] * rows
    tensors = {"weight_packed": ("I32", [rows, columns // per], pack(codes, bits)),
               "weight_scale": ("BF16", [rows, groups], floats("BF16", flat(scales))),
               "weight_shape": ("I64", [2], struct.pack("<2q", rows, columns))}
    if asymmetric:
        tensors["weight_zero_point"] = ("I32", [-(-rows // per), groups], packed_down(zeros, bits))
    return product(codes, scales, zeros), tensors


def gptq(draw: Draw, rows: int, columns: int, bits: int, stored_less: int, shuffled: bool) -> tuple[Rows, Tensors]:
    """`stored_less`: the first version of the format stores zeros less 1."""
    per, groups, middle = 32 // bits, columns // GROUP, 1 << bits - 1
    codes, scales = draw.codes(rows, columns, 0, 2 * middle - 1), draw.scales(rows, groups, -15 if bits == 4 else -18)
    zeros = [[middle] * groups] * rows
    group = [k // GROUP for k in range(columns)]
    if shuffled:
        draw.random.shuffle(group)
    return product(codes, scales, zeros, group), {
        "qweight": ("I32", [columns // per, rows], packed_down(transpose(codes), bits)),
        "qzeros": ("I32", [groups, rows // per], pack([[zero - stored_less for zero in row] for row in transpose(zeros)], bits)),
        "scales": ("F16", [groups, rows], floats("F16", flat(transpose(scales)))),
        "g_idx": ("I32", [columns], struct.pack(f"<{columns}i", *group))}


def awq(draw: Draw, rows: int, columns: int) -> tuple[Rows, Tensors]:
    groups = columns // GROUP
    codes, scales, zeros = draw.codes(rows, columns, 0, 15), draw.scales(rows, groups, -15), draw.codes(rows, groups, 0, 15)
    return product(codes, scales, zeros), {
        "qweight": ("I32", [columns, rows // 8], pack(transpose(codes), 4, AWQ_ORDER)),
        "qzeros": ("I32", [groups, rows // 8], pack(transpose(zeros), 4, AWQ_ORDER)),
        "scales": ("F16", [groups, rows], floats("F16", flat(transpose(scales))))}


def compressed(form: str, bits: int, kind: str, symmetric: bool = True) -> dict:
    weights = {"num_bits": bits, "type": kind, "symmetric": symmetric}
    return {"quant_method": "compressed-tensors", "format": form,
            "config_groups": {"group_0": {"targets": ["Linear"], "weights": weights}}}


# Name: quantization_config, how a matrix is made, and the storage that criac names for it.
KINDS = {
    "fp8-block": ({"quant_method": "fp8", "weight_block_size": [128, 128]}, fp8_block, "f16"),
    "fp8-tensor": ({"quant_method": "fp8", "weight_block_size": None},
                   lambda *at: fp8_scaled(*at, [], "F32", "weight_scale_inv"), "f16"),
    "fp8-rows": (compressed("float-quantized", 8, "float"), lambda *at: fp8_scaled(*at, [1, 1], "BF16", "weight_scale"), "f16"),
    "modelopt": ({"quant_method": "modelopt", "quant_algo": "FP8"},
                 lambda *at: fp8_scaled(*at, [1], "F32", "weight_scale"), "f16"),
    "int8": (compressed("int-quantized", 8, "int"), lambda *at: int8(*at, False), "q8_0"),
    "int8-asymmetric": (compressed("int-quantized", 8, "int", False), lambda *at: int8(*at, True), "q8_0"),
    "w4a16": (compressed("pack-quantized", 4, "int"), lambda *at: packed(*at, 4, at[2] // GROUP, False), "q4_0"),
    "w4a16-asymmetric": (compressed("pack-quantized", 4, "int", False),
                         lambda *at: packed(*at, 4, at[2] // GROUP, True), "q8_0"),
    "w8a16": (compressed("pack-quantized", 8, "int"), lambda *at: packed(*at, 8, 1, False), "q8_0"),
    "gptq": ({"quant_method": "gptq", "bits": 4, "group_size": GROUP, "sym": True}, lambda *at: gptq(*at, 4, 1, False), "q4_0"),
    "gptq-shuffled": ({"quant_method": "gptq", "bits": 4, "group_size": GROUP, "desc_act": True},
                      lambda *at: gptq(*at, 4, 1, True), "q8_0"),
    "gptq-8": ({"quant_method": "gptq", "bits": 8, "checkpoint_format": "gptq_v2"}, lambda *at: gptq(*at, 8, 0, False), "q8_0"),
    "awq": ({"quant_method": "awq", "bits": 4, "group_size": GROUP, "version": "gemm", "zero_point": True}, awq, "q8_0"),
}
# Whose values no storage of blocks has all of.
INEXACT = {"fp8-block", "fp8-tensor", "fp8-rows", "modelopt", "gptq-shuffled", "int8-asymmetric"}


def plain(values: Rows) -> tuple[str, list[int], bytes]:
    return "F32", [len(values), len(values[0])], floats("F32", flat(values))


def model(kind: str) -> tuple[dict, Tensors, dict[str, Rows]]:
    """config.json, the tensors, and the values of the quantised matrices."""
    config, make, _ = KINDS[kind]
    draw, values, tensors = Draw(7), {}, {}
    for name in ("model.embed_tokens", "lm_head"):
        rows = [[f32(draw.random.uniform(-1, 1)) for _ in range(HIDDEN)] for _ in range(VOCAB)]
        tensors[name + ".weight"] = plain(rows)
    for name in ("model.norm", LAYER + "input_layernorm", LAYER + "post_attention_layernorm"):
        tensors[name + ".weight"] = ("F32", [HIDDEN], floats("F32", [1.0] * HIDDEN))
    for name, (rows, columns) in MATRICES.items():
        values[LAYER + name + ".weight"], parts = make(draw, rows, columns)
        tensors |= {f"{LAYER}{name}.{part}": tensor for part, tensor in parts.items()}
    return CONFIG | {"quantization_config": config}, tensors, values


def write(folder: Path, config: dict, tensors: Tensors) -> Path:
    folder.mkdir(exist_ok=True)
    header, data = {}, b""
    for name, (dtype, shape, raw) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    return folder
