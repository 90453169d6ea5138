"""Blocks of each storage with their values, and numbers with their blocks, by the `gguf` package.

    storage/WORD.blocks   blocks of random bits, with finite scales
    storage/WORD.values   their elements, f32
    storage/numbers.f32   numbers: at random, zeros, ties, small and large ones
    storage/WORD.encoded  the blocks that the package makes of the numbers, where it can
"""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

FOLDER = Path(__file__).parent / "storage"
BLOCKS = 24
# Where the f16 fields of a block are.
SCALES = {"Q8_0": [0], "Q4_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}


def random_blocks(random: np.random.Generator, name: str) -> np.ndarray:
    _, size = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
    for offset in SCALES[name]:
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


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    random = np.random.default_rng(12)
    source = numbers(random)
    source.tofile(FOLDER / "numbers.f32")
    for name in SCALES:
        kind = GGMLQuantizationType[name]
        blocks = random_blocks(random, name)
        blocks.tofile(FOLDER / f"{name.lower()}.blocks")
        quants.dequantize(blocks, kind).astype(np.float32).tofile(FOLDER / f"{name.lower()}.values")
        try:
            encoded = quants.quantize(source, kind)
        except NotImplementedError:
            continue
        encoded.tofile(FOLDER / f"{name.lower()}.encoded")


if __name__ == "__main__":
    main()
