"""Compiles random models with tokenizers of tests/goldens/tokenizer/kinds, and runs their vectors as users would:
text through the C API, answers through the command line, token by token and whole."""

import argparse
import ctypes
import json
import subprocess
import tempfile
from pathlib import Path

KINDS = ["llama2", "smollm"]
ADD_SPECIAL, PARSE_SPECIAL = 1, 2
CONFIG = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 16, "intermediate_size": 16,
          "num_hidden_layers": 1, "num_attention_heads": 2, "max_position_embeddings": 2048, "torch_dtype": "float32"}


class Library:
    """The tokenizer of a compiled model, through cria.h."""

    def __init__(self, path: Path):
        self.api = ctypes.CDLL(str(path))
        self.model = ctypes.c_void_p()
        assert self.api.cria_model_open(None, ctypes.byref(self.model)) == 0

    def encode(self, text: bytes) -> list[int]:
        ids, count = (ctypes.c_int32 * 4096)(), ctypes.c_int64()
        status = self.api.cria_tokenizer_encode(self.model, text, ctypes.c_int64(len(text)), ADD_SPECIAL | PARSE_SPECIAL,
                                                ids, ctypes.c_int64(4096), ctypes.byref(count))
        assert status == 0, text
        return list(ids[:count.value])

    def decode(self, ids: list[int]) -> bytes:
        text, size = ctypes.create_string_buffer(1 << 16), ctypes.c_int64()
        status = self.api.cria_tokenizer_decode(self.model, (ctypes.c_int32 * len(ids))(*ids), ctypes.c_int64(len(ids)), 1,
                                                text, ctypes.c_int64(1 << 16), ctypes.byref(size))
        assert status == 0, ids
        return text.raw[:size.value]


def run(*command, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([str(part) for part in command], capture_output=True)
    assert done.returncode == code, (command, done.returncode, done.stderr)
    return done


def make_folder(folder: Path, tokenizer: dict, vocab: int) -> None:
    folder.mkdir()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "config.json").write_text(json.dumps(CONFIG | {"vocab_size": vocab}))


def size_of(tokenizer: dict) -> int:
    return max([*tokenizer["model"]["vocab"].values(), *(token["id"] for token in tokenizer["added_tokens"])]) + 1


def check_vectors(library: Library, vectors: Path) -> int:
    count = 0
    for line in vectors.read_text().splitlines():
        vector = json.loads(line)
        if vector["ids"]:
            assert library.decode(vector["ids"]) == bytes.fromhex(vector["decoded_hex"]), vector
        if "text" in vector:
            assert library.encode(vector["text"].encode()) == vector["ids"], vector
        count += 1
    return count


def check_answers(program: Path, library: Library) -> None:
    """What is printed token by token is what the ids are as a whole."""
    for seed in range(8):
        flags = ["--prompt", "Hello", "--max-tokens", 60, "--temperature", 2, "--seed", seed]
        ids = run(program, *flags, "--print-token-ids").stdout.decode().strip()
        text = run(program, *flags).stdout
        assert text == library.decode([int(i) for i in ids.split(",")]) + b"\n", (seed, ids, text)


def check_kind(criac: Path, goldens: Path, name: str, folder: Path) -> int:
    tokenizer = json.loads((goldens / f"{name}.tokenizer.json").read_text())
    make_folder(folder / name, tokenizer, size_of(tokenizer))
    program, shared = folder / f"{name}-run", folder / f"{name}.so"
    common = [criac, folder / name, "--random-weights=1"]
    run(*common, "-o", program)
    run(*common, "--emit=shared", "-o", shared)
    library = Library(shared)
    check_answers(program, library)
    return check_vectors(library, goldens / f"{name}.jsonl")


def check_refusals(criac: Path, goldens: Path, folder: Path) -> None:
    """A tokenizer that is refused, and ids past the vocabulary."""
    tokenizer = json.loads((goldens / "smollm.tokenizer.json").read_text())
    make_folder(folder / "refused", tokenizer | {"normalizer": {"type": "Precompiled"}}, size_of(tokenizer))
    program = folder / "plain"
    command = [criac, folder / "refused", "--random-weights=1", "-o", program]
    assert b"--no-tokenizer" in run(*command, code=1).stderr
    run(*command, "--no-tokenizer")
    run(program, "--token-ids", "1,2,3", "--print-token-ids", "--max-tokens", 3)
    assert b"without a tokenizer" in run(program, "--prompt", "x", code=1).stderr
    last = tokenizer["added_tokens"][-1]["content"]
    make_folder(folder / "past", tokenizer, size_of(tokenizer) - 1)
    program = folder / "past-run"
    done = run(criac, folder / "past", "--random-weights=1", "-o", program)
    assert done.stderr.startswith(b"warning: ") and last.encode() in done.stderr, done.stderr
    run(program, "--prompt", "Hello", "--max-tokens", 2)
    assert str(size_of(tokenizer) - 1).encode() in run(program, "--prompt", f"Hello {last}", code=1).stderr


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for kind in KINDS:
            print(kind, check_kind(args.criac, args.goldens, kind, Path(temporary)), "vectors")
        check_refusals(args.criac, args.goldens, Path(temporary))
