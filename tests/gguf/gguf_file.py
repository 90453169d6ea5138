"""Writes GGUF files by the format's documentation alone: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

ALIGNMENT = 32
TYPES = {"u8": (0, "B"), "i8": (1, "b"), "u16": (2, "H"), "i16": (3, "h"), "u32": (4, "I"), "i32": (5, "i"),
         "f32": (6, "f"), "bool": (7, "B"), "string": (8, None), "array": (9, None), "u64": (10, "Q"), "i64": (11, "q"),
         "f64": (12, "d")}
TABLE = Path(__file__).parent / "../../include/cria/storages.h"
# Name: ggml's number, elements and bytes of a block.
TENSOR_TYPES = {name: (int(number), int(elements), int(size)) for name, number, elements, size in
                re.findall(r'X\((\w+), \w+, \d+, "\w*", (\d+), (\d+), (\d+)\)', TABLE.read_text())}
# Packed rows (docs/formats.md), which only Cria writes.
TENSOR_TYPES |= {name + "x8": (number + (8 << 16), elements, size)
                 for name, (number, elements, size) in TENSOR_TYPES.items() if elements > 1}


@dataclass
class Tensor:
    """`shape` is row-major. `type` and `offset` may be numbers that are wrong on purpose."""
    name: str
    type: str | int
    shape: list[int]
    data: bytes
    offset: int | None = None  # from the start of the data; None: where it is


def string(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def scalar(kind: str, value) -> bytes:
    return string(value) if kind == "string" else struct.pack("<" + TYPES[kind][1], value)


def value(kind: str, content) -> bytes:
    """`kind` is a name of TYPES, or such a name and [] for a list."""
    if kind.endswith("[]"):
        of = kind[:-2]
        head = struct.pack("<IIQ", TYPES["array"][0], TYPES[of][0], len(content))
        return head + b"".join(scalar(of, item) for item in content)
    return struct.pack("<I", TYPES[kind][0]) + scalar(kind, content)


def encode(keys: dict, tensors: list[Tensor], version: int = 3, alignment: int = ALIGNMENT) -> bytes:
    """`keys` has (kind, value) for each key."""
    out = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(keys))
    for key, (kind, content) in keys.items():
        out += string(key) + value(kind, content)
    data = b""
    for tensor in tensors:
        offset = len(data) if tensor.offset is None else tensor.offset
        number = TENSOR_TYPES[tensor.type][0] if isinstance(tensor.type, str) else tensor.type
        out += string(tensor.name) + struct.pack("<I", len(tensor.shape))
        out += b"".join(struct.pack("<Q", size) for size in reversed(tensor.shape))
        out += struct.pack("<IQ", number, offset)
        data += tensor.data + bytes(-len(tensor.data) % alignment)
    return out + bytes(-len(out) % alignment) + data


def write(path: Path, keys: dict, tensors: list[Tensor], **how) -> None:
    path.write_bytes(encode(keys, tensors, **how))


def write_split(folder: Path, name: str, keys: dict, tensors: list[Tensor], count: int) -> Path:
    """Writes `count` parts, and returns the first."""
    each = -(-len(tensors) // count)
    for part in range(count):
        split = {"split.no": ("u16", part), "split.count": ("u16", count), "split.tensors.count": ("i32", len(tensors))}
        write(folder / f"{name}-{part + 1:05}-of-{count:05}.gguf", (keys if part == 0 else {}) | split,
              tensors[part * each:(part + 1) * each])
    return folder / f"{name}-00001-of-{count:05}.gguf"


class Cursor:
    def __init__(self, raw: bytes):
        self.raw, self.at = raw, 0

    def take(self, code: str):
        (value,) = struct.unpack_from("<" + code, self.raw, self.at)
        self.at += struct.calcsize("<" + code)
        return value

    def string(self) -> str:
        size = self.take("Q")
        self.at += size
        return self.raw[self.at - size:self.at].decode()

    def value(self, number: int):
        if number == TYPES["string"][0]:
            return self.string()
        if number == TYPES["array"][0]:
            of, count = self.take("I"), self.take("Q")
            return [self.value(of) for _ in range(count)]
        return self.take(next(code for of, code in TYPES.values() if of == number))


def read(raw: bytes) -> tuple[dict, list[Tensor]]:
    """The keys, without their kinds, and the tensors of a good file."""
    cursor = Cursor(raw)
    assert cursor.take("I") == int.from_bytes(b"GGUF", "little") and cursor.take("I") == 3
    count, keys = cursor.take("Q"), {}
    for _ in range(cursor.take("Q")):
        key = cursor.string()
        keys[key] = cursor.value(cursor.take("I"))
    entries = []
    for _ in range(count):
        name = cursor.string()
        shape = [cursor.take("Q") for _ in range(cursor.take("I"))][::-1]
        entries.append((name, shape, cursor.take("I"), cursor.take("Q")))
    start, tensors = -(-cursor.at // ALIGNMENT) * ALIGNMENT, []
    for name, shape, number, offset in entries:
        kind, (_, elements, size) = next((kind, sizes) for kind, sizes in TENSOR_TYPES.items() if sizes[0] == number)
        count = shape[0] * (shape[1] if len(shape) > 1 else 1) // elements * size
        tensors.append(Tensor(name, kind, shape, raw[start + offset:start + offset + count]))
    return keys, tensors
