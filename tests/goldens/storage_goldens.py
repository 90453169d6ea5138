"""Blocks of each storage with their values, and numbers with their blocks, by the `gguf` package. It makes no blocks of
the K formats and of IQ4_NL: those are made by the library of llama.cpp, libggml-base.so, compiled without fused
operations (-ffp-contract=off), if its path is given: `python3 storage_goldens.py [LIBRARY]`.

    storage/WORD.blocks   blocks of random bits, with finite scales
    storage/WORD.values   their elements, f32
    storage/numbers.f32   numbers: at random, zeros, ties, small and large ones
    storage/k_numbers.f32 numbers for blocks of 256
    storage/WORD.encoded  the blocks that are made of the numbers
"""

import ctypes
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "../gguf"))

import numpy as np
from blocks import FIELDS
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

FOLDER = Path(__file__).parent / "storage"
BLOCKS = 24
K_BLOCKS = 16


def random_blocks(random: np.random.Generator, name: str) -> np.ndarray:
    _, size = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
    for offset, (code, _) in FIELDS[name].items():
        if code == "B":
            blocks[:, offset] %= 250  # an exponent: none of the values becomes infinite
            blocks[:3, offset] = 0, 1, 249
            continue
        scales = random.standard_normal(BLOCKS).astype(np.float16)
        scales[0] = 0
        scales[1] = np.float16(6e-8)  # subnormal
        blocks[:, offset : offset + 2] = scales.view(np.uint8).reshape(BLOCKS, 2)
    return blocks


def numbers(random: np.random.Generator) -> np.ndarray:
    rows = random.standard_normal((BLOCKS, 32)).astype(np.float32)
    rows[0] = 0
    rows[1] = np.arange(32) - 16  # the greatest magnitude is negative, and ties with none
    rows[2] = 16 - np.arange(32)
    rows[3] = np.where(np.arange(32) % 2, 1, -1)  # equal magnitudes
    rows[4] = (np.arange(32) - 15.5) / 127 * 2  # halves of a step
    rows[5] *= 1e-6
    rows[6] *= 1e4
    rows[7] = np.linspace(-1, 1, 32)
    return rows.reshape(-1)


def k_numbers(random: np.random.Generator) -> np.ndarray:
    rows = random.standard_normal((K_BLOCKS, 256)).astype(np.float32)
    rows[0] = 0
    rows[1] = 0.25
    rows[2] = -3
    rows[3] = np.arange(256) - 128
    rows[4, ::32] *= 1e3  # one value that dwarfs its group
    rows[5] *= 1e-6
    rows[6] *= 1e4
    rows[7, 32:] = 0
    rows[8] = np.abs(rows[8])  # no minimum
    rows[9, :32] *= 1e-4  # a group whose scale becomes 0
    rows[10] = np.round(rows[10] * 4) / 4
    return rows.reshape(-1)


def encode_by(library: ctypes.CDLL, name: str, numbers: np.ndarray) -> np.ndarray:
    kind = GGMLQuantizationType[name]
    elements, size = GGML_QUANT_SIZES[kind]
    blocks = np.zeros(numbers.size // elements * size, dtype=np.uint8)
    library.ggml_quantize_chunk.restype = ctypes.c_size_t
    written = library.ggml_quantize_chunk(ctypes.c_int(kind), numbers.ctypes.data_as(ctypes.c_void_p),
                                          blocks.ctypes.data_as(ctypes.c_void_p), ctypes.c_int64(0),
                                          ctypes.c_int64(numbers.size // elements), ctypes.c_int64(elements), None)
    assert written == blocks.size, (written, blocks.size)
    return blocks


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    source = numbers(np.random.default_rng(12))
    source.tofile(FOLDER / "numbers.f32")
    of_k = k_numbers(np.random.default_rng(13))
    of_k.tofile(FOLDER / "k_numbers.f32")
    for seed, name in enumerate(FIELDS):
        kind = GGMLQuantizationType[name]
        blocks = random_blocks(np.random.default_rng(seed), name)
        blocks.tofile(FOLDER / f"{name.lower()}.blocks")
        quants.dequantize(blocks, kind).astype(np.float32).tofile(FOLDER / f"{name.lower()}.values")
        numbers_of = of_k if name.endswith("_K") else source
        if not name.endswith("_K") and name != "IQ4_NL":
            quants.quantize(source, kind).tofile(FOLDER / f"{name.lower()}.encoded")
        elif len(sys.argv) > 1:
            encode_by(ctypes.CDLL(sys.argv[1]), name, numbers_of).tofile(FOLDER / f"{name.lower()}.encoded")


if __name__ == "__main__":
    main()
