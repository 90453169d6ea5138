"""Quantises the shipped model to GGUF, compares the bytes of every tensor with those of the `gguf` package, and compiles
what was written."""

import argparse
import array
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "../gguf"))

from convert import convert
from gguf_file import read, write
from running import run

ENDS = {"token_embd.weight", "output.weight"}  # no narrower than 8 bits
BOUNDS = {"q8_0": 1, "q4_0": 12}  # of the errors, in percent


def check_storage(criac: Path, model: Path, storage: str, digests: dict, folder: Path) -> Path:
    file = folder / f"{model.stem}-{storage}.gguf"
    report = run(criac, model, f"--quantize={storage}", "-o", file).stdout
    first = file.read_bytes()
    run(criac, model, f"--quantize={storage}", "-o", file)
    assert file.read_bytes() == first, "not deterministic"
    keys, tensors = read(first)
    assert keys["general.architecture"] == "llama" and keys["tokenizer.ggml.pre"] == "llama-bpe", keys
    matrices = 0
    for tensor in tensors:
        if len(tensor.shape) == 1:
            assert tensor.type == "F32", tensor.name
            continue
        stored = "q8_0" if storage == "q4_0" and tensor.name in ENDS else storage
        assert hashlib.sha256(tensor.data).hexdigest() == digests[stored][tensor.name], tensor.name
        (line,) = [line for line in report.splitlines() if line.split()[0] == tensor.name]
        error = float(line.split()[-1].rstrip("%"))
        assert 0 <= error < BOUNDS.get(storage, 1), line
        matrices += 1
    assert matrices == len(digests[storage])
    return file


def check_mix(criac: Path, stories: Path, folder: Path) -> None:
    """Layers in several storages, as mixes such as Q4_K_M have them: each is read as it is stored."""
    wide, narrow = (read((folder / f"source-{name}.gguf").read_bytes())[1] for name in ("q8_0", "q4_0"))
    keys, _ = convert(stories)
    mixed = [other if "ffn_down" in tensor.name and "blk.0." not in tensor.name else tensor
             for tensor, other in zip(wide, narrow)]
    write(folder / "mixed.gguf", keys, mixed)
    said = run(criac, folder / "mixed.gguf", "--verify", "-o", folder / "mixed").stderr
    print("mixed", said.strip())
    assert "warning: " not in said and "verified" in said, said


def check_packed(criac: Path, stories: Path, case: dict, folder: Path) -> None:
    """A head that is tied to the table becomes a packed tensor of its own; the table stays as it is."""
    answers = []
    for flags in ([], ["--pack"]):
        file, program = folder / "q8.gguf", folder / "q8"
        run(criac, stories, "--quantize=q8_0", *flags, "-o", file)
        print("packed" if flags else "plain", run(criac, file, "--products=fast", "--verify", "-o", program).stderr.strip())
        answers.append(run(program, "--token-ids", ",".join(map(str, case["prompt"])), "--print-token-ids", "--max-tokens", 32)
                       .stdout)
    assert answers[0] == answers[1], answers
    tensors = {tensor.name: tensor for tensor in read(file.read_bytes())[1]}
    table, head = tensors["token_embd.weight"], tensors["output.weight"]
    assert (table.type, head.type, table.shape) == ("Q8_0", "Q8_0x8", head.shape), (table, head)
    table.type = "Q8_0x8"
    write(file, convert(stories)[0], list(tensors.values()))
    said = run(criac, file, "--products=fast", "-o", folder / "none", code=1).stderr
    assert "token_embd.weight: dtype: Q8_0x8 is packed, which a table of tokens cannot be" in said, said


def check_f64(criac: Path, stories: Path, folder: Path) -> None:
    """Tensors of F64 that have the values of BF16 are quantised as those are."""
    wide = folder / "f64" / stories.name
    shutil.copytree(stories, wide)
    bytes = (stories / "model.safetensors").read_bytes()
    begin = 8 + int.from_bytes(bytes[:8], "little")
    header, data = json.loads(bytes[8:begin]), b""
    for name, tensor in header.items():
        if name != "__metadata__":
            assert tensor["dtype"] == "BF16", tensor
            first, last = tensor["data_offsets"]
            upper = array.array("H", bytes[begin + first:begin + last])  # halves of f32
            floats = array.array("f", array.array("I", [half << 16 for half in upper]).tobytes())
            values = array.array("d", floats).tobytes()
            tensor |= {"dtype": "F64", "data_offsets": [len(data), len(data) + len(values)]}
            data += values
    text = json.dumps(header).encode()
    (wide / "model.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + data)
    files = [folder / "bf16.gguf", folder / "f64.gguf"]
    for model, file in zip((stories, wide), files):
        run(criac, model, "--quantize=q8_0", "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes()


def check_smollm3(criac: Path, tiny: Path, folder: Path) -> None:
    """The architecture says that every fourth layer has no rotary embedding; no file can say another count."""
    file = folder / "smollm3.gguf"
    run(criac, tiny / "smollm3", "--quantize=f32", "-o", file, "--no-tokenizer")
    keys, _ = read(file.read_bytes())
    assert keys["general.architecture"] == "smollm3" and "smollm3.block_count" in keys, keys
    print("smollm3", run(sys.executable, Path(__file__).parent / "check_model.py", "--criac", criac, "--model", file,
                         "--golden", tiny / "smollm3/golden.json", "--absolute", "1e-3", "--prompts", 2, "--",
                         "--verify").stdout.strip())
    file.unlink()
    said = run(criac, tiny / "smollm3-list", "--quantize=f32", "-o", file, "--no-tokenizer", code=1).stderr
    assert "every 2" in said and said.count("\n") == 1, said
    assert not file.exists()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    digests = json.loads((args.goldens / "gguf/quantized.json").read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = json.loads((args.goldens / "stories/greedy.json").read_text())["cases"][0]
        source = folder / "source.gguf"
        write(source, *convert(args.stories))
        for storage in digests:
            for model in (args.stories, source):
                file = check_storage(args.criac, model, storage, digests, folder)
            program = folder / "program"
            print(storage, run(args.criac, file, "--verify", "-o", program).stderr.strip())
            if storage != "q4_0":
                ids = run(program, "--token-ids", ",".join(map(str, case["prompt"])), "--print-token-ids", "--max-tokens", 8)
                assert [int(token) for token in ids.stdout.split(",")] == case["greedy"][:8], (storage, ids.stdout)
        check_mix(args.criac, args.stories, folder)
        check_packed(args.criac, args.stories, case, folder)
        before = source.read_bytes()
        assert "source.gguf" in run(args.criac, source, "--quantize=q8_0", "-o", source, code=2).stderr
        assert source.read_bytes() == before
        assert "--emit" in run(args.criac, source, "--quantize=q8_0", "--emit=obj", code=2).stderr
        said = run(args.criac, args.stories, "--quantize=q9_k", "-o", folder / "x.gguf", code=2).stderr
        assert "q9_k" in said and said.count("\n") == 1, said
        check_f64(args.criac, args.stories, folder)
        check_smollm3(args.criac, args.goldens / "tiny", folder)


main()
