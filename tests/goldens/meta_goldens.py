"""A Llama 3 as Meta distributes it, in two parts that torch wrote, and what it is: the digests of its tensors in the layout
of Hugging Face, and token ids by `tiktoken`.

    meta/*          params.json, tokenizer.model, consolidated.NN.pth
    meta/golden.json
"""

import base64
import hashlib
import json
from collections import OrderedDict
from pathlib import Path

import tiktoken
import torch

FOLDER = Path(__file__).parent / "meta"
WIDTH, INNER, HEADS, KV_HEADS, LAYERS = 16, 48, 4, 2, 1
# What Llama 3 splits text by; the special tokens begin after the others.
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)"
         r"|\s+")
TEXTS = ["the then there", "Hello, world! 12345", "  spaces\n\nand lines ", "caf\u00e9 \u4f60\u597d \U0001f999", "that's what they'd eat"]
MERGED = ["th", "he", "the", " the", "an", "and", " and", "er", "re", "there", "at", "that", "in", "ll", "llo", "hello", " w",
          "or", "ld", "wor", "world", " world", "12", "123", "\n\n", "ea", "eat", "\u00e9", "ha", "tha", " s", " sp", "ace", "ac"]


def join(left: torch.Tensor, dimension: int | None) -> list[torch.Tensor]:
    """A tensor as its two parts."""
    return [left, left] if dimension is None else [part.clone() for part in left.chunk(2, dimension)]


def permuted(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """As transformers converts rows of queries and keys."""
    rows, columns = weight.shape
    return weight.view(heads, rows // heads // 2, 2, columns).transpose(1, 2).reshape(rows, columns)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    torch.manual_seed(3)
    ranks = [bytes([byte]) for byte in range(256)] + [text.encode() for text in MERGED]
    vocab, keys = len(ranks) + 256, KV_HEADS * WIDTH // HEADS
    shapes = {"tok_embeddings": ([vocab, WIDTH], 0), "norm": ([WIDTH], None), "output": ([vocab, WIDTH], 0)}
    for layer in range(LAYERS):
        shapes |= {f"layers.{layer}.{name}": at for name, at in {
            "attention_norm": ([WIDTH], None), "attention.wq": ([WIDTH, WIDTH], 0), "attention.wk": ([keys, WIDTH], 0),
            "attention.wv": ([keys, WIDTH], 0), "attention.wo": ([WIDTH, WIDTH], 1), "ffn_norm": ([WIDTH], None),
            "feed_forward.w1": ([INNER, WIDTH], 0), "feed_forward.w2": ([WIDTH, INNER], 1),
            "feed_forward.w3": ([INNER, WIDTH], 0)}.items()}
    files, digests = [OrderedDict(), OrderedDict()], {}
    for name, (shape, dimension) in shapes.items():
        tensor = torch.randn(shape).to(torch.bfloat16)
        for file, part in zip(files, join(tensor, dimension)):
            file[name + ".weight"] = part
        heads = HEADS if name.endswith("wq") else KV_HEADS if name.endswith("wk") else 0
        tensor = permuted(tensor, heads) if heads else tensor
        digests[name + ".weight"] = hashlib.sha256(tensor.contiguous().view(torch.int16).numpy().tobytes()).hexdigest()
    for number, file in enumerate(files):
        file["rope.freqs"] = torch.ones(WIDTH // HEADS // 2, dtype=torch.bfloat16)
        torch.save(file, FOLDER / f"consolidated.{number:02}.pth")
    (FOLDER / "tokenizer.model").write_text("".join(f"{base64.b64encode(token).decode()} {rank}\n"
                                                    for rank, token in enumerate(ranks)))
    (FOLDER / "params.json").write_text(json.dumps({
        "dim": WIDTH, "n_layers": LAYERS, "n_heads": HEADS, "n_kv_heads": KV_HEADS, "vocab_size": vocab, "multiple_of": 16,
        "ffn_dim_multiplier": 1.1, "norm_eps": 1e-5, "rope_theta": 500000.0, "use_scaled_rope": True}) + "\n")
    encoding = tiktoken.Encoding("meta", pat_str=SPLIT, special_tokens={},
                                 mergeable_ranks={token: rank for rank, token in enumerate(ranks)})
    golden = {"tensors": digests, "begin": len(ranks), "texts": [{"text": text, "ids": encoding.encode(text)} for text in TEXTS]}
    (FOLDER / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
