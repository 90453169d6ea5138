"""Folders with quantised matrices: what `--quantize` makes of them has the values that they stand for, and what cannot be
read is refused in one line."""

import argparse
import copy
import struct
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "../gguf"), str(Path(__file__).parent / "../quantized")]

from convert import interleave, rename
from gguf_file import read
from quantized_model import CONFIG, HEADS, INEXACT, KINDS, KV_HEADS, LAYER, flat, floats, model, plain, write
from running import run

QUERY = LAYER + "self_attn.q_proj."
TOKENS = ("--token-ids", "1,2,3,4,5", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")


def expected(name: str, rows: list) -> bytes:
    data = floats("F32", flat(rows))
    heads = HEADS if "q_proj" in name else KV_HEADS if "k_proj" in name else 0
    return interleave(data, len(rows), heads) if heads else data


def blocks_of(storage: str, data: bytes) -> bytes:
    """Their values in f32."""
    size, values = {"Q8_0": 34, "Q4_0": 18}[storage], []
    for begin in range(0, len(data), size):
        (scale,), raw = struct.unpack_from("<e", data, begin), data[begin + 2:begin + size]
        integers = struct.unpack("<32b", raw) if size == 34 else [(b & 15) - 8 for b in raw] + [(b >> 4) - 8 for b in raw]
        values += [scale * integer for integer in integers]
    return struct.pack(f"<{len(values)}f", *values)


def check_kind(criac: Path, kind: str, folder: Path) -> None:
    config, tensors, values = model(kind)
    source, nearest = write(folder / kind, config, tensors), KINDS[kind][2]
    refused(criac, source, [], 'quantization_config.quant_method: "' + config["quantization_config"]["quant_method"],
            f"criac {source} --quantize={nearest} -o FILE.gguf")
    wanted = {rename(name): expected(name, rows) for name, rows in values.items()}
    run(criac, source, "--quantize=f32", "-o", folder / "wide.gguf")
    wide = {tensor.name: tensor.data for tensor in read((folder / "wide.gguf").read_bytes())[1]}
    assert all(wide[name] == data for name, data in wanted.items()), kind
    done = run(criac, source, f"--quantize={nearest}", "-o", folder / f"{kind}.gguf")
    assert not done.stderr, done.stderr
    errors = {line.split()[0]: float(line.split()[-1].rstrip("%")) for line in done.stdout.splitlines()}
    print(kind, nearest, "errors up to", max(errors[name] for name in wanted))
    narrow = {tensor.name: tensor for tensor in read((folder / f"{kind}.gguf").read_bytes())[1]}
    if kind not in INEXACT:
        for name, data in wanted.items():
            assert errors[name] == 0 and blocks_of(narrow[name].type, narrow[name].data) == data, (kind, name)
    elif nearest == "f16":
        assert max(errors[name] for name in wanted) < 0.05, errors


def refused(criac: Path, source: Path, flags: list, *why: str) -> None:
    output = source.parent / "none"
    done = run(criac, source, *flags, "-o", output, code=1)
    assert all(word in done.stderr for word in why) and done.stderr.count("\n") == 1, done.stderr
    assert not output.exists()


def check_program(criac: Path, folder: Path) -> None:
    """The same tokens as from the folder of the values."""
    config, tensors, values = model("awq")
    parts = [name for name in tensors if name.rsplit(".", 1)[0] + ".weight" in values]
    wide = {name: tensor for name, tensor in tensors.items() if name not in parts}
    write(folder / "wide", CONFIG, wide | {name: plain(rows) for name, rows in values.items()})
    run(criac, folder / "wide", "-o", folder / "from-wide")
    file = folder / "kept.gguf"
    run(criac, folder / "awq", "--quantize=q8_0", "--quantize-tensor=token_embd.*=f32", "--quantize-tensor=output.*=f32",
        "-o", file)
    done = run(criac, file, "--verify", "-o", folder / "from-awq")
    found = [run(folder / program, *TOKENS).stdout for program in ("from-wide", "from-awq")]
    print(done.stderr.strip(), found)
    assert found[0] == found[1] and found[0].count(",") == 7 and "warning" not in done.stderr, found


def change(tensors: dict, part: str, dtype=None, shape=None, data=None) -> None:
    old = tensors[QUERY + part]
    tensors[QUERY + part] = (dtype or old[0], shape or old[1], old[2] if data is None else data)


# Kind, fields of quantization_config, changes of its tensors, the line.
BAD = [
    ("awq", {"quant_method": "bitsandbytes"}, None, 'quantization_config.quant_method: "bitsandbytes" is not supported (awq, '),
    ("awq", {"quant_method": "hqq"}, None, 'quantization_config.quant_method: "hqq" is not supported'),
    ("awq", {"quant_method": None}, None, "quantization_config.quant_method: null"),
    ("awq", {"quant_method": 7}, None, "quantization_config.quant_method: 7 is not a string"),
    ("awq", {"version": "gemv"}, None, 'quantization_config.version: "gemv" is not supported (gemm)'),
    ("awq", {"bits": 3}, None, "quantization_config.bits: 3 is not supported (4)"),
    ("gptq", {"bits": 3}, None, "quantization_config.bits: 3 is not supported (4, 8)"),
    ("gptq", {"bits": 8}, None, "qweight: shape: [8, 64] is not [16, 64]"),
    ("gptq", {"checkpoint_format": "marlin"}, None, 'checkpoint_format: "marlin" is not supported (gptq, gptq_v2)'),
    ("w4a16", {"format": "marlin-24"}, None, 'quantization_config.format: "marlin-24" is not supported'),
    ("w4a16", {"sparsity_config": {"format": "sparse-24-bitmask"}}, None, "quantization_config.sparsity_config.format:"),
    ("modelopt", {"quant_algo": "NVFP4"}, None, 'quantization_config.quant_algo: "NVFP4" is not supported (fp8)'),
    ("fp8-block", {"weight_block_size": [128]}, None, "quantization_config.weight_block_size: "),
    ("fp8-block", {"weight_block_size": [64, 64]}, None, "gate_proj.weight_scale_inv: shape: [2, 1] is not [3, 1]"),
    ("fp8-block", {"fmt": "e5m2"}, None, 'quantization_config.fmt: "e5m2" is not supported (e4m3)'),
    ("int8", {}, lambda t: t.pop(QUERY + "weight_scale"), "q_proj.weight_scale is missing"),
    ("int8", {}, lambda t: change(t, "weight_scale", "I16"), "weight_scale: dtype: I16 is not F32, F16 or BF16"),
    ("int8", {}, lambda t: change(t, "weight_scale", None, [32, 2]), "weight_scale: shape: [32, 2] is none of scales for [64, 64]"),
    ("int8", {}, lambda t: change(t, "weight", None, [32, 128]), "weight: shape: [32, 128] is not [64, 64]"),
    ("int8", {}, lambda t: change(t, "weight_scale", data=b"\xc0\x7f" * 64), "a value is not finite"),
    ("w4a16", {}, lambda t: change(t, "weight_packed", "U8", [64, 32]), "weight_packed: dtype: U8 is not I32"),
    ("w4a16", {}, lambda t: change(t, "weight_scale", None, [128]), "weight_scale: shape: [128] is none of scales"),
    ("gptq", {}, lambda t: change(t, "g_idx", data=struct.pack("<64i", *[9] * 64)), "g_idx: element 0: 9 is not one of the 2 groups"),
    ("gptq", {}, lambda t: change(t, "g_idx", data=struct.pack("<64i", *[-1] * 64)), "g_idx: element 0: -1 is not one of"),
    ("gptq", {}, lambda t: t.pop(QUERY + "qzeros"), "q_proj.qzeros is missing"),
    ("gptq", {}, lambda t: change(t, "scales", None, [4, 32]), "scales: shape: [4, 32] is none of scales for [64, 64]"),
    ("awq", {}, lambda t: change(t, "qzeros", None, [1, 16]), "qzeros: shape: [1, 16] is not [2, 8]"),
    ("awq", {}, lambda t: t.pop(QUERY + "qweight"), "q_proj.weight is missing"),
]


def check_bad(criac: Path, folder: Path) -> None:
    for kind, fields, damage, why in BAD:
        config, tensors, _ = copy.deepcopy(model(kind))
        config["quantization_config"] |= fields
        if damage:
            damage(tensors)
        refused(criac, write(folder / "bad", config, tensors), ["--quantize=q8_0"], why)
    for kind, why in (("fp8-block", "F8_E4M3 is not supported"), ("int8", "I8 is not supported"), ("w4a16", "is missing"),
                      ("gptq", "is missing"), ("awq", "is missing")):
        config, tensors, _ = model(kind)
        del config["quantization_config"]
        refused(criac, write(folder / "bad", config, tensors), [], why)
    source = write(folder / "bad", *model("awq")[:2])
    whole = (source / "model.safetensors").read_bytes()
    (source / "model.safetensors").write_bytes(whole[:len(whole) // 2])
    refused(criac, source, ["--quantize=q8_0"], "cut short")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for kind in KINDS:
            check_kind(args.criac, kind, Path(name))
        check_program(args.criac, Path(name))
        check_bad(args.criac, Path(name))


main()
