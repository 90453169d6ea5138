"""Writes the seeds of fuzz_gguf, which unit tests read too: `python3 make_tiny.py`."""

import random
import struct
from pathlib import Path

from gguf_file import Tensor, write

SEEDS = Path(__file__).parent / "../fuzz/seeds/gguf"
HIDDEN, FFN, HEADS, VOCAB = 8, 12, 2, 12
CONTROL, NORMAL, UNKNOWN, BYTE = 3, 1, 2, 6


def model() -> tuple[dict, list[Tensor]]:
    drawn = random.Random(1)

    def tensor(name: str, *shape: int) -> Tensor:
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        numbers = [drawn.uniform(-1, 1) for _ in range(count)]
        kind, code = ("F32", "f") if len(shape) == 1 else ("F16", "e")
        return Tensor(name, kind, list(shape), struct.pack(f"<{count}{code}", *numbers))

    keys = {"general.architecture": ("string", "llama"), "general.alignment": ("u32", 32),
            "llama.context_length": ("u32", 64), "llama.embedding_length": ("u32", HIDDEN),
            "llama.block_count": ("u32", 1), "llama.feed_forward_length": ("u32", FFN),
            "llama.attention.head_count": ("u32", HEADS), "llama.attention.head_count_kv": ("u32", 1),
            "llama.attention.layer_norm_rms_epsilon": ("f32", 1e-5), "llama.rope.freq_base": ("f32", 10000.0),
            "llama.rope.dimension_count": ("u32", 4)}
    tensors = [tensor("token_embd.weight", VOCAB, HIDDEN), tensor("blk.0.attn_norm.weight", HIDDEN),
               tensor("blk.0.attn_q.weight", HIDDEN, HIDDEN), tensor("blk.0.attn_k.weight", 4, HIDDEN),
               tensor("blk.0.attn_v.weight", 4, HIDDEN), tensor("blk.0.attn_output.weight", HIDDEN, HIDDEN),
               tensor("blk.0.ffn_norm.weight", HIDDEN), tensor("blk.0.ffn_gate.weight", FFN, HIDDEN),
               tensor("blk.0.ffn_up.weight", FFN, HIDDEN), tensor("blk.0.ffn_down.weight", HIDDEN, FFN),
               tensor("output_norm.weight", HIDDEN), Tensor("rope_freqs.weight", "F32", [2], struct.pack("<2f", 1, 8))]
    return keys, tensors


def byte_level() -> dict:
    tokens = ["a", "b", "c", "Ġ", "ab", "abc", "Ġa", "bb", "d", "<|bos|>", "<|eos|>", "<|eot_id|>"]
    return {"tokenizer.ggml.model": ("string", "gpt2"), "tokenizer.ggml.pre": ("string", "llama-bpe"),
            "tokenizer.ggml.tokens": ("string[]", tokens),
            "tokenizer.ggml.token_type": ("i32[]", [NORMAL] * 9 + [CONTROL] * 3),
            "tokenizer.ggml.merges": ("string[]", ["a b", "ab c", "Ġ a", "b b"]),
            "tokenizer.ggml.bos_token_id": ("u32", 9), "tokenizer.ggml.eos_token_id": ("u32", 10),
            "tokenizer.chat_template": ("string", "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}")}


def sentence_piece() -> dict:
    tokens = ["<unk>", "<s>", "</s>", "<0x0A>", "▁", "a", "b", "ab", "▁a", "aa", "aaa", "▁ab"]
    return {"tokenizer.ggml.model": ("string", "llama"), "tokenizer.ggml.tokens": ("string[]", tokens),
            "tokenizer.ggml.token_type": ("i32[]", [UNKNOWN, CONTROL, CONTROL, BYTE] + [NORMAL] * 8),
            "tokenizer.ggml.scores": ("f32[]", [0, 0, 0, 0, -10, -11, -12, -1, -2, -3, -4, -5])}


if __name__ == "__main__":
    SEEDS.mkdir(exist_ok=True)
    keys, tensors = model()
    write(SEEDS / "tiny.gguf", keys | byte_level(), tensors)
    write(SEEDS / "sentencepiece.gguf", keys | sentence_piece(), tensors)
