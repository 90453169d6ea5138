"""Measures compile time of specs, over the depth of models and the number of their blocks.

Prints processor time (user and system, minimum of several runs) for
- layers:   one repeat of n layers;
- blocks:   n distinct blocks in sequence;
- nesting:  n nested residuals;
and, with --check, fails if a spec of one decoder takes more than a second, or if time grows
faster than the number of blocks.
"""

import argparse
import os
import pathlib
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


def seconds(command, source, runs):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "spec.cpp"
        file.write_text(source, encoding="utf-8")
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


AXES = [
    (layers, [1, 10, 100, 1000]),
    (blocks, [1, 25, 50, 100, 200]),
    (nesting, [1, 4, 8, 15]),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="clang++-22")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    command = [arguments.compiler, "-std=c++20", "-fsyntax-only", "-I", str(INCLUDE)]

    faults = []
    for make, sizes in AXES:
        times = {n: seconds(command, make(n), arguments.runs) for n in sizes}
        for n, time in times.items():
            print(f"{make.__name__:8} {n:5} {1000 * time:7.0f} ms")
        if make is layers and max(times.values()) > 1:
            faults.append("a decoder takes more than a second")
        if make is blocks:
            first, half, last = (times[n] - times[1] for n in (50, 100, 200))
            print(f"{'':8} 100 to 200 blocks: {last / half:.2f} times, 50 to 100: {half / first:.2f}")
            # Linear growth is 2; noise is a few hundredths of a second.
            if last > 2.5 * half + 0.1:
                faults.append("time grows faster than the number of blocks")
    if arguments.check and faults:
        sys.exit("error: " + "; ".join(faults))


if __name__ == "__main__":
    main()
