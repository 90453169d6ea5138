"""ONNX's node tests that Cria's ops can express, by cria-run: its code and its reference against ONNX's answers."""

import argparse
import json
import struct
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import npy


def floats(path: Path) -> tuple[tuple[int, ...], list[float]]:
    """An array as floats; uint16 are the bits of bfloat16."""
    shape, dtype, values = npy.read_array(path)
    if dtype == "<u2":
        return shape, [struct.unpack("<f", struct.pack("<I", bits << 16))[0] for bits in values]
    return shape, values


def check(run: Path, case: Path, flags: list[str]) -> str | None:
    """What is wrong."""
    what = json.loads((case / "case.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        command = [run, case / "op.mlir", *flags]
        for name in what["arguments"]:
            command += ["--arg", case / name]
        for name in what["expected"]:
            command += ["--out", Path(folder) / name]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode:
            return f"{case.name} {flags}: {done.stderr}"
        for name in what["expected"]:
            shape, expected = floats(case / name)
            found_shape, found = floats(Path(folder) / name)
            if found_shape != shape:
                return f"{case.name} {flags}: {name} is {found_shape}, not {shape}"
            for a, b in zip(found, expected):
                if not abs(a - b) <= what["tolerance"] * (1 + abs(b)):
                    return f"{case.name} {flags}: {name} has {a} for {b}"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True, type=Path)
    parser.add_argument("--cases", required=True, type=Path)
    args = parser.parse_args()
    cases = sorted(path.parent for path in args.cases.glob("*/case.json"))
    assert len(cases) >= 40, cases
    ways = [["--reference"], ["--cores=16"], ["--fuse=none"]]
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(check, args.run, case, flags) for case in cases for flags in ways]
        wrong = [problem for job in jobs if (problem := job.result())]
    print("\n".join(wrong))
    assert not wrong
    print(f"{len(cases)} of ONNX's tests, each in {len(ways)} ways")


main()
