"""Reads .npy files of float32 matrices with the standard library."""

import array
import ast
import struct
from pathlib import Path


def read(path: Path) -> tuple[tuple[int, int], array.array]:
    """The shape and the values, row by row."""
    data = Path(path).read_bytes()
    if data[:6] != b"\x93NUMPY":
        raise ValueError(f"{path}: not a .npy file")
    (size,) = struct.unpack("<H", data[8:10])
    header = ast.literal_eval(data[10:10 + size].decode("latin1"))
    if header["descr"] != "<f4" or header["fortran_order"]:
        raise ValueError(f"{path}: not little-endian float32 in C order")
    values = array.array("f")
    values.frombytes(data[10 + size:])
    rows, columns = header["shape"]
    if len(values) != rows * columns:
        raise ValueError(f"{path}: {len(values)} values in a matrix of {rows} x {columns}")
    return (rows, columns), values


def difference(found: Path, expected: Path) -> tuple[float, float]:
    """The greatest absolute difference, and the greatest expected magnitude."""
    found_shape, a = read(found)
    expected_shape, b = read(expected)
    if found_shape != expected_shape:
        raise ValueError(f"{found} is {found_shape}, {expected} is {expected_shape}")
    if any(x != x for x in a):
        raise ValueError(f"{found}: NaN")
    return max(abs(x - y) for x, y in zip(a, b)), max(map(abs, b))
