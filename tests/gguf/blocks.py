"""Blocks of random bits whose scales are numbers."""

import random
import struct

from gguf_file import TENSOR_TYPES

# The fields of a block that cannot be any bits: where, how they are packed, and values that make weights of the usual
# size.
FIELDS = {"Q8_0": {0: ("<e", 0.0008)}, "Q4_0": {0: ("<e", 0.013)}, "Q4_K": {0: ("<e", 0.0004), 2: ("<e", 0.003)},
          "Q5_K": {0: ("<e", 0.0002), 2: ("<e", 0.003)}, "Q6_K": {208: ("<e", 0.000045)}, "IQ4_NL": {0: ("<e", 0.001)},
          "MXFP4": {0: ("B", 121)}}


def blocks(drawn: random.Random, kind: str, count: int) -> bytes:
    """`count` elements."""
    _, elements, size = TENSOR_TYPES[kind]
    data = bytearray(drawn.randbytes(count // elements * size))
    for begin in range(0, len(data), size):
        for offset, (code, scale) in FIELDS[kind].items():
            value = scale + drawn.randrange(-2, 2) if code == "B" else scale * drawn.uniform(0.5, 1.5)
            struct.pack_into(code, data, begin + offset, value)
    return bytes(data)
