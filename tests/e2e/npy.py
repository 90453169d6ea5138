"""Reads and writes .npy files with the standard library: float32, float16, bfloat16 (its bits as uint16), integers."""

import array
import ast
import math
import struct
from collections.abc import Iterable
from pathlib import Path

CODES = {"<f4": "f", "<f8": "d", "<f2": "e", "<u2": "H", "<V2": "H", "<i4": "i", "<i8": "q"}


def read_array(path: Path) -> tuple[tuple[int, ...], str, list]:
    """The shape, the dtype such as "<f4", and the values, row by row."""
    data = Path(path).read_bytes()
    if data[:6] != b"\x93NUMPY":
        raise ValueError(f"{path}: not a .npy file")
    (size,) = struct.unpack("<H", data[8:10])
    header = ast.literal_eval(data[10:10 + size].decode("latin1"))
    if header["descr"] not in CODES or header["fortran_order"]:
        raise ValueError(f"{path}: {header['descr']} is not supported, or not in C order")
    shape, code = header["shape"], CODES[header["descr"]]
    count = math.prod(shape)
    return shape, header["descr"], list(struct.unpack(f"<{count}{code}", data[10 + size:]))


def write_array(path: Path, shape: tuple[int, ...], dtype: str, values: Iterable) -> None:
    values = list(values)
    header = repr({"descr": dtype, "fortran_order": False, "shape": tuple(shape)}).encode() + b"\n"
    Path(path).write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header +
                           struct.pack(f"<{len(values)}{CODES[dtype]}", *values))


def read(path: Path) -> tuple[tuple[int, int], array.array]:
    """The shape and the values of a float32 matrix."""
    shape, dtype, values = read_array(path)
    if dtype != "<f4" or len(shape) != 2:
        raise ValueError(f"{path}: not a matrix of float32")
    return shape, array.array("f", values)


def difference(found: Path, expected: Path) -> tuple[float, float]:
    """The greatest absolute difference, and the greatest expected magnitude."""
    found_shape, a = read(found)
    expected_shape, b = read(expected)
    if found_shape != expected_shape:
        raise ValueError(f"{found} is {found_shape}, {expected} is {expected_shape}")
    if any(x != x for x in a):
        raise ValueError(f"{found}: NaN")
    return max(abs(x - y) for x, y in zip(a, b)), max(map(abs, b))
