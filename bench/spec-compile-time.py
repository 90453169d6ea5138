"""Measures compile time of specs, over the depth of models and the number of their blocks.

Prints processor time (user and system, minimum of several runs) for
- layers:   one repeat of n layers;
- blocks:   n distinct blocks in sequence;
- nesting:  n nested residuals;
With --check it measures the memory of the compiler's syntax tree instead, which is the same on
every run, and fails if that depends on the number of layers, or grows faster than the number of
blocks or of levels.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HEAD = "#include <cria/spec.hpp>\nusing namespace cria::spec;\nCRIA_MODEL(model_,\n"
ATTENTION = "attention{.heads = 4, .kv_heads = 2, .head_dim = 16}"
INCLUDE = pathlib.Path(__file__).resolve().parent.parent / "include"


def spec(*blocks):
    body = ["embed{.vocab = 256, .width = 64}", *blocks, "rms_norm{}", "unembed{.vocab = 256}"]
    return HEAD + ",\n".join(body) + ");\n"


def layers(n):
    feed_forward = "residual(rms_norm{}, swiglu{.hidden = 192})"
    return spec(f"repeat({n}, residual(rms_norm{{}}, {ATTENTION}), {feed_forward})")


def blocks(n):
    different = [f"residual(rms_norm{{}}, swiglu{{.hidden = {i + 1}}})" for i in range(n)]
    return spec(f"residual({ATTENTION})", *different)


def nesting(n):
    return spec("residual(" * n + ATTENTION + ")" * n)


def seconds(command, file, runs):
    least = float("inf")
    for _ in range(runs):
        before = os.times()
        subprocess.run([*command, file], check=True)
        after = os.times()
        least = min(
            least,
            after.children_user + after.children_system
            - before.children_user - before.children_system,
        )
    return least


def tree_bytes(command, file):
    """Bytes of the arena that clang keeps the syntax tree in, instantiations included."""
    done = subprocess.run([*command, "-Xclang", "-print-stats", file], check=True,
                          stderr=subprocess.PIPE, text=True)
    return max(int(size) for size in re.findall(r"Bytes used: (\d+)", done.stderr))


AXES = [
    (layers, [1, 10, 100, 1000]),
    (blocks, [1, 25, 50, 100, 200]),
    (nesting, [1, 4, 8, 15]),
]


def measure(make, measured):
    """What MEASURED says of a file with each spec of an axis."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "spec.cpp"
        values = {}
        for n in dict(AXES)[make]:
            file.write_text(make(n), encoding="utf-8")
            values[n] = measured(file)
    return values


def check(command):
    """Fails unless the syntax tree grows with what is written, and no faster."""
    faults = []
    for make, sizes in AXES:
        values = measure(make, lambda file: tree_bytes(command, file))
        print(f"{make.__name__:8}", {n: f"{value / 1e6:.2f} MB" for n, value in values.items()})
        least, middle, most = sizes[0], sizes[-2], sizes[-1]
        each = (values[middle] - values[least]) / (middle - least)
        last = (values[most] - values[middle]) / (most - middle)
        print(f"{'':8} {each / 1e3:.1f} kB each, from {middle} on {last / 1e3:.1f} kB")
        if make is layers and each > 0:
            faults.append("the tree grows with the number of layers")
        if last > 1.1 * each:
            faults.append(f"the tree grows faster than {make.__name__}")
    if faults:
        sys.exit("error: " + "; ".join(faults))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="clang++-22")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    command = [arguments.compiler, "-std=c++20", "-fsyntax-only", "-I", str(INCLUDE)]
    if arguments.check:
        return check(command)
    for make, _ in AXES:
        for n, time in measure(make, lambda file: seconds(command, file, arguments.runs)).items():
            print(f"{make.__name__:8} {n:5} {1000 * time:7.0f} ms")


if __name__ == "__main__":
    main()
