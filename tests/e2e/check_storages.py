"""Models whose weights are in blocks, random ones and from GGUF files: checked against the reference, and what is
refused."""

import argparse
import functools
import random
import re
import struct
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "../gguf"))

import make_tiny
from blocks import FIELDS, blocks
from gguf_file import Tensor, read as read_gguf, write as write_gguf
import running

run = functools.partial(running.run, timeout=120)

SPEC = """#include <cria/spec.hpp>
using namespace cria::spec;
CRIA_MODEL(blocks,
    trained{{.context = 128, .storage = {storage}}},
    embed{{.vocab = 96, .width = {width}}},
    repeat(2,
        residual(rms_norm{{}}, attention{{.heads = 4, .kv_heads = 2, .head_dim = 16,
                                        .position = rope{{.theta = 10'000}}}}),
        residual(rms_norm{{}}, swiglu{{.hidden = {hidden}}})),
    rms_norm{{}},
    unembed{{.vocab = 96}});
"""
WIDTH, FFN, HEADS, HEAD_DIM, LAYERS = 256, 512, 4, 64, 2
TOKENS = ("--token-ids", "1,2,3,4,5,6,7,8,9", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")


def write(folder: Path, storage: str, width: int = 64, hidden: int = 96) -> Path:
    path = folder / f"{storage}-{width}.cpp"
    path.write_text(SPEC.format(storage=storage, width=width, hidden=hidden))
    return path


def check(criac: str, folder: Path) -> None:
    for storage in ("q8_0", "q4_0"):
        program = folder / storage
        run(criac, write(folder, storage), "--random-weights=3", "--verify", "-o", program)
        by_spec = run(program, *TOKENS).stdout
        run(criac, write(folder, "f32"), f"--dtype={storage}", "--random-weights=3", "-o", program)
        by_flag = run(program, *TOKENS).stdout
        assert by_spec and by_spec == by_flag, (by_spec, by_flag)


def check_fast(criac: str, folder: Path) -> None:
    """Activations are rounded, in products of integers where this CPU has them; --verify has a bound for it."""
    for storage in ("q8_0", "q4_0"):
        bounds = []
        for products in ("exact", "fast"):
            done = run(criac, write(folder, storage), "--random-weights=3", f"--products={products}", "--verify", "-o",
                       folder / products)
            bounds.append(float(re.search(r"greatest error (\S+) of the", done.stderr)[1]))
        print(storage, "greatest errors, exact and fast:", bounds)
        assert bounds[0] < 1e-4 < bounds[1] < 0.1, bounds
    # Where what a thread keeps has the shape of what a kernel yields.
    run(criac, write(folder, "q4_0", 256, 256), "--random-weights=3", "--products=fast", "--verify", "-o", folder / "even")


def gguf(kinds: list[str]) -> tuple[dict, list[Tensor]]:
    """A model whose layers have matrices of these types in turn; the table has the first."""
    drawn = random.Random(5)

    def matrix(name: str, kind: str, rows: int, columns: int) -> Tensor:
        return Tensor(name + ".weight", kind, [rows, columns], blocks(drawn, kind, rows * columns))

    def gain(name: str) -> Tensor:
        return Tensor(name + ".weight", "F32", [WIDTH], struct.pack(f"<{WIDTH}f", *(drawn.uniform(0.9, 1.1)
                                                                                   for _ in range(WIDTH))))

    keys, _ = make_tiny.model()
    keys |= {"llama.embedding_length": ("u32", WIDTH), "llama.feed_forward_length": ("u32", FFN),
             "llama.block_count": ("u32", LAYERS), "llama.attention.head_count": ("u32", HEADS),
             "llama.attention.head_count_kv": ("u32", 1), "llama.rope.dimension_count": ("u32", HEAD_DIM)}
    tensors = [matrix("token_embd", kinds[0], make_tiny.VOCAB, WIDTH), gain("output_norm")]
    for layer in range(LAYERS):
        kind, name = kinds[layer % len(kinds)], f"blk.{layer}."
        tensors += [gain(name + "attn_norm"), gain(name + "ffn_norm"),
                    matrix(name + "attn_q", kind, HEADS * HEAD_DIM, WIDTH), matrix(name + "attn_k", kind, HEAD_DIM, WIDTH),
                    matrix(name + "attn_v", kind, HEAD_DIM, WIDTH),
                    matrix(name + "attn_output", kind, WIDTH, HEADS * HEAD_DIM),
                    matrix(name + "ffn_gate", kind, FFN, WIDTH), matrix(name + "ffn_up", kind, FFN, WIDTH),
                    matrix(name + "ffn_down", kind, WIDTH, FFN)]
    return keys | make_tiny.byte_level(), tensors


def check_gguf(criac: str, folder: Path) -> None:
    """Every storage, and layers that differ."""
    for kinds in [[kind] for kind in FIELDS] + [["Q4_K", "Q6_K"]]:
        file = folder / ("-".join(kinds) + ".gguf")
        write_gguf(file, *gguf(kinds))
        for products in ("fast",) if len(kinds) == 1 else ("exact", "fast"):  # exact ones of one kind: see below
            done = run(criac, file, "--verify", f"--products={products}", "-o", folder / "from-gguf")
            assert "warning" not in done.stderr, done.stderr
            print(file.name, products, done.stdout.strip(), done.stderr.strip())
        check_packed(criac, file, folder)


def check_packed(criac: str, file: Path, folder: Path) -> None:
    """The same model packed: the program answers as that of the file it was packed from, folder / "from-gguf"."""
    packed = folder / "packed.gguf"
    run(criac, file, "--pack", "-o", packed)
    before, after = ({tensor.name: tensor for tensor in read_gguf(path.read_bytes())[1]} for path in (file, packed))
    assert set(after) == set(before), set(after) ^ set(before)  # 12 rows of the head are not whole eights
    for name, tensor in after.items():
        source = before[name]
        is_packed = len(tensor.shape) == 2 and name != "token_embd.weight"
        assert tensor.type == source.type + ("x8" if is_packed else ""), (name, tensor.type)
        assert is_packed == (tensor.data != source.data) and len(tensor.data) == len(source.data), name
    check = ["--verify"] if "-" in file.stem else []  # several storages; of one each, equal tokens must do
    run(criac, packed, "--products=fast", *check, "-o", folder / "from-packed")
    expected, found = (run(folder / name, *TOKENS).stdout for name in ("from-gguf", "from-packed"))
    assert found and found == expected, (found, expected)


def check_pack_refused(criac: str, file: Path, folder: Path) -> None:
    packed, output = folder / "packed.gguf", folder / "none.gguf"
    run(criac, file, "--pack", "-o", packed)
    program = folder / "from-packed"
    run(criac, packed, "--products=fast", "-o", program)
    for command, code, why in (
        ([criac, packed], 1, "packed for products of integers: compile it with --products=fast"),
        ([criac, packed, "--products=fast", "--cpu=x86-64-v2", "--target=x86_64-linux-gnu"], 1,
         "for which x86-64-v2 has no instructions"),
        ([criac, packed, "--products=fast", "--target=nvidia", "--emit=asm"], 1, "has no instructions"),
        ([criac, packed, "--pack"], 1, "its matrices are packed; use the file that they were packed from"),
        ([criac, packed, "--quantize=q8_0"], 1, "its matrices are packed; use the file that they were packed from"),
        ([criac, file, "--pack", "--emit=obj"], 2, "--pack: cannot be combined with --emit"),
        ([criac, file, "--pack", "--quantize=f16"], 1, "has no matrices of blocks"),
        ([criac, write(folder, "q8_0"), "--pack"], 1, "is neither a model's folder nor a GGUF file"),
    ):
        done = run(*command, "-o", output, code=code)
        assert why in done.stderr and not output.exists(), done.stderr
    done = run(program, "--weights", file, *TOKENS, code=1)
    assert "dtype: Q8_0 does not fit the Q8_0x8 that the model was compiled for" in done.stderr, done.stderr
    keys, tensors = gguf(["Q8_0"])[0], read_gguf(packed.read_bytes())[1]
    for name, other, why in (("blk.1.attn_q.weight", "Q8_0", "dtype: Q8_0 is not packed, but that of other layers is"),
                             ("token_embd.weight", "Q8_0x8", "bytes are not those of [12, 256] of Q8_0x8")):
        changed = [Tensor(t.name, other, t.shape, t.data) if t.name == name else t for t in tensors]
        write_gguf(folder / "changed.gguf", keys, changed)
        done = run(criac, folder / "changed.gguf", "--products=fast", "-o", output, code=1)
        assert why in done.stderr and done.stderr.count("\n") == 1, done.stderr


def check_quantized(criac: str, source: Path, folder: Path) -> None:
    """K formats from end to end: a model of 8 bits is written in fewer, compiled and checked in f64."""
    for kind, bound in (("Q4_K", 8), ("Q5_K", 4), ("Q6_K", 2)):
        file = folder / f"quantized-{kind}.gguf"
        report = run(criac, source, f"--quantize={kind.lower()}", "-o", file).stdout
        first = file.read_bytes()
        run(criac, source, f"--quantize={kind.lower()}", "-o", file)
        assert file.read_bytes() == first, "not deterministic"
        _, tensors = read_gguf(first)
        for tensor in tensors:
            stored = "F32" if len(tensor.shape) == 1 else "Q8_0" if tensor.name == "token_embd.weight" else kind
            assert tensor.type == stored, (tensor.name, tensor.type)
        errors = [float(line.split()[-1].rstrip("%")) for line in report.splitlines() if f" to {kind} " in line]
        assert len(errors) == 7 * LAYERS and bound / 4 < max(errors) < bound, report
        done = run(criac, file, "--verify", "-o", folder / "quantized")
        assert "verified" in done.stderr, done.stderr
        print(kind, f"error up to {max(errors)}%", done.stderr.strip())


def check_mix(criac: str, source: Path, folder: Path) -> None:
    """Matrices by name, as mixes have them: code grows with the kinds of layers, not with the layers."""
    mix = folder / "mix.gguf"
    run(criac, source, "--quantize=q4_k", "--quantize-tensor", "*.attn_v.*=q5_k",
        "--quantize-tensor=blk.1.ffn_down.weight=q6_k", "-o", mix)
    stored = {tensor.name: tensor.type for tensor in read_gguf(mix.read_bytes())[1]}
    assert stored["blk.0.ffn_down.weight"] == "Q4_K" and stored["blk.1.ffn_down.weight"] == "Q6_K", stored
    assert {stored[f"blk.{layer}.attn_v.weight"] for layer in range(LAYERS)} == {"Q5_K"}, stored
    done = run(criac, mix, "--verify", "-o", folder / "mixed")
    assert "verified" in done.stderr and "warning" not in done.stderr, done.stderr
    text = run(criac, mix, "--stop-after=model", "-o", "-").stdout
    assert text.count("scf.index_switch") == 2 and "layers [1] : tensor" in text, text[:3000]
    for flags, code, why in ((["--quantize-tensor=x=q4_k"], 2, "--quantize-tensor: needs --quantize"),
                             (["--quantize=q4_k", "--quantize-tensor=x"], 2, "is not NAME=TYPE"),
                             (["--quantize=q4_k", "--quantize-tensor=blk.9.*=q6_k"], 1, "no matrix is called")):
        refused = run(criac, source, *flags, "-o", folder / "none.gguf", code=code)
        assert why in refused.stderr and not (folder / "none.gguf").exists(), refused.stderr


def check_refused(criac: str, folder: Path) -> None:
    for storage, width, why in (
        ("q8_0", 48, "--dtype: q8_0: blocks of 32 elements do not fit rows of 48"),
        ("q4_k", 64, "--dtype: q4_k: blocks of 256 elements do not fit rows of 64"),
    ):
        done = run(criac, write(folder, storage, width), "--random-weights=1", "-o", folder / "none", code=1)
        assert why in done.stderr and done.stderr.count("\n") == 1, done.stderr
    keys, tensors = gguf(["Q8_0"])
    tensors[1] = Tensor(tensors[1].name, "Q8_0", [WIDTH], blocks(random.Random(1), "Q8_0", WIDTH))
    write_gguf(folder / "norm.gguf", keys, tensors)
    done = run(criac, folder / "norm.gguf", "-o", folder / "none", code=1)
    assert f"output_norm.weight: dtype: Q8_0 is for matrices, not for a vector of {WIDTH}" in done.stderr, done.stderr
    assert not (folder / "none").exists()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--criac", required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check(args.criac, Path(folder))
        check_fast(args.criac, Path(folder))
        check_gguf(args.criac, Path(folder))
        wide = Path(folder) / "Q8_0.gguf"  # which check_gguf leaves
        check_quantized(args.criac, wide, Path(folder))
        check_mix(args.criac, wide, Path(folder))
        check_pack_refused(args.criac, wide, Path(folder))
        check_refused(args.criac, Path(folder))


main()
