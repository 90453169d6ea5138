"""python -m peers.write_weights FOLDER FILE.gguf DTYPE: writes both files tensor by tensor. Needs numpy and gguf."""

import json
import math
import sys
from pathlib import Path

import gguf
import numpy as np

from .weights import CONTEXT, EPS, FFN, HEAD_DIM, HEADS, HIDDEN, KV_HEADS, LAYERS, ROPE, THETA, VOCAB, tensors


def values(number: int, shape: tuple[int, ...]) -> np.ndarray:
    if len(shape) == 1:
        return np.ones(shape, np.float32)
    return np.random.default_rng(number).standard_normal(shape, np.float32) * np.float32(0.02)


def bf16(array: np.ndarray) -> np.ndarray:
    """The upper halves of the bits, rounded to nearest even."""
    bits = array.view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def rows_in_pairs(array: np.ndarray, heads: int) -> np.ndarray:
    """llama.cpp rotates neighbouring rows, Hugging Face those half a head apart."""
    return array.reshape(heads, 2, -1, array.shape[1]).swapaxes(1, 2).reshape(array.shape)


def frequency_factors() -> np.ndarray:
    """What each frequency is divided by, as transformers' llama3 scaling defines it."""
    factors = []
    for i in range(HEAD_DIM // 2):
        turns = ROPE["original_max_position_embeddings"] / (2 * math.pi * THETA ** (2 * i / HEAD_DIM))
        smooth = (turns - ROPE["low_freq_factor"]) / (ROPE["high_freq_factor"] - ROPE["low_freq_factor"])
        smooth = min(1.0, max(0.0, smooth))
        factors.append(1 / (smooth + (1 - smooth) / ROPE["factor"]))
    return np.array(factors, np.float32)


def safetensors_header(dtype: str) -> bytes:
    header, at = {}, 0
    for name, _, shape in tensors():
        size = math.prod(shape) * {"bf16": 2, "f32": 4}[dtype]
        header[name] = {"dtype": dtype.upper(), "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 64)
    return len(text).to_bytes(8, "little") + text


def gguf_header(path: Path, dtype: str) -> gguf.GGUFWriter:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FFN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_dimension_count(HEAD_DIM)
    writer.add_rope_freq_base(THETA)
    writer.add_layer_norm_rms_eps(EPS)
    writer.add_vocab_size(VOCAB)
    writer.add_tokenizer_model("no_vocab")
    writer.add_tensor_info("rope_freqs.weight", (HEAD_DIM // 2,), np.dtype(np.float32), HEAD_DIM // 2 * 4)
    for _, name, shape in tensors():
        if len(shape) == 1 or dtype == "f32":
            writer.add_tensor_info(name, shape, np.dtype(np.float32), math.prod(shape) * 4)
        else:
            writer.add_tensor_info(name, (shape[0], 2 * shape[1]), np.dtype(np.uint8), math.prod(shape) * 2,
                                   raw_dtype=gguf.GGMLQuantizationType.BF16)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    return writer


def main(folder: Path, path: Path, dtype: str) -> None:
    writer = gguf_header(path, dtype)
    writer.write_tensor_data(frequency_factors())
    with (folder / "model.safetensors").open("wb") as file:
        file.write(safetensors_header(dtype))
        for number, (name, own, shape) in enumerate(tensors()):
            array = values(number, shape)
            file.write((bf16(array) if dtype == "bf16" else array).tobytes())
            if own.endswith(("attn_q.weight", "attn_k.weight")):
                array = rows_in_pairs(array, array.shape[0] // HEAD_DIM)
            narrow = dtype == "bf16" and len(shape) > 1
            writer.write_tensor_data(bf16(np.ascontiguousarray(array)).view(np.uint8) if narrow else
                                     np.ascontiguousarray(array))
    writer.close()


main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
