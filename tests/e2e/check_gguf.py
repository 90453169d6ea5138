"""Writes GGUF files of models that goldens are of, compiles them, and compares the answers."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../gguf"))

import check_tokenizers
from convert import convert, convert_sentencepiece, convert_tokenizer
from gguf_file import write, write_split
from running import run

# Rotary kinds, biases, tied heads, widths of heads, storages, layers without rotary embedding.
TINY = ["f16", "bf16-f32-norms", "llama3", "llama3-real-theta", "linear", "all-bias-tied", "mqa", "smollm3"]
PROMPT = "Once upon a time"


def check_answers(criac: Path, model: Path, golden: Path, prompts: int, *flags: str) -> None:
    print(model.name, run(sys.executable, HERE / "check_model.py", "--criac", criac, "--model", model, "--golden", golden,
                          "--absolute", "1e-3", "--prompts", prompts, "--", *flags).stdout.strip())


def check_tiny(criac: Path, goldens: Path, folder: Path) -> None:
    for name in TINY:
        file = folder / f"{name}.gguf"
        write(file, *convert(goldens / "tiny" / name))
        check_answers(criac, file, goldens / "tiny" / name / "golden.json", 2, "--verify")


def check_stories(criac: Path, goldens: Path, stories: Path, folder: Path) -> None:
    """Text in and out, chat, and other ways to hand over the weights."""
    keys, tensors = convert(stories)
    file, golden = folder / "stories.gguf", goldens / "stories/greedy.json"
    write(file, keys, tensors)
    parts = write_split(folder, "parts", keys, tensors, 3)
    for model, prompts, flags in [(file, 8, []), (parts, 2, ["--verify"]), (parts, 2, ["--embed-weights"])]:
        check_answers(criac, model, golden, prompts, *flags)
    program, usual = folder / "from-gguf", folder / "from-folder"
    run(criac, file, "-o", program)
    run(criac, stories, "-o", usual)
    for flags in [["--prompt", PROMPT], ["--chat", "--prompt", "Tell me a story."]]:
        both = [run(path, *flags, "--max-tokens", 40, "--temperature", 0).stdout for path in (program, usual)]
        assert both[0] == both[1], both
    # Rows of queries and keys are in another order there: neither may run with the other's weights.
    for path, weights, names in [(program, stories, "token_embd.weight"), (usual, file, "model.embed_tokens.weight")]:
        said = run(path, "--prompt", PROMPT, "--weights", weights, code=1).stderr
        assert names in said and said.count("\n") == 1, said
    spec = run(criac, file, "--emit=spec").stdout
    assert "RopePairing::interleaved" in spec and "llama3_scaling" in spec, spec


def resize(keys: dict, tensors: list, size: int) -> None:
    """A vocabulary of `size` tokens."""
    keys["llama.vocab_size"] = ("u32", size)
    for tensor in tensors:
        if tensor.name in ("token_embd.weight", "output.weight"):
            row = len(tensor.data) // tensor.shape[0]
            tensor.shape, tensor.data = [size, tensor.shape[1]], (tensor.data * (size // tensor.shape[0] + 1))[:size * row]


def check_tokenizers_of(criac: Path, goldens: Path, folder: Path) -> None:
    """The vectors of tokenizer.json, in the form of GGUF."""
    for name, source in [("llama2", goldens / "tokenizer/kinds/llama2"), ("large", goldens / "tokenizer/large")]:
        tokenizer = json.loads(source.with_suffix(".tokenizer.json").read_text())
        size = check_tokenizers.size_of(tokenizer)
        keys, tensors = convert(goldens / "tiny/f32")
        resize(keys, tensors, size)
        if name == "llama2":
            keys |= convert_sentencepiece(tokenizer, size)
        else:
            bos = next(token["id"] for token in tokenizer["added_tokens"] if token["content"] == "<|begin_of_text|>")
            keys |= convert_tokenizer(tokenizer, size, "llama-bpe", bos)
        file, library = folder / f"{name}.gguf", folder / f"{name}.so"
        write(file, keys, tensors)
        run(criac, file, "--emit=shared", "-o", library)
        print(name, check_tokenizers.check_vectors(check_tokenizers.Library(library), source.with_suffix(".jsonl")),
              "vectors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_tiny(args.criac, args.goldens, folder)
        check_stories(args.criac, args.goldens, args.stories, folder)
        check_tokenizers_of(args.criac, args.goldens, folder)


main()
