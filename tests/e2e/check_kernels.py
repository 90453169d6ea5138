"""What is counted is what runs, for subsets of fusions: the kernels of a step in the IR that costs are counted on, the
functions that the code calls, the barriers in the code, and the calls that a program measures while it decodes."""

import argparse
import itertools
import json
import random
import re
import subprocess
import tempfile
from pathlib import Path

from seed import draw_seed


def bodies(ir: str) -> dict[str, list[str]]:
    """The lines of each function, by name."""
    found = {}
    for text in re.split(r"\n  func\.func private ", ir)[1:]:
        found[re.match(r"@([^(]+)\(", text).group(1)] = text.split("\n")[1:]
    return found


def times(lines: list[str], pattern: str, layers: int) -> int:
    """How often a step runs what matches: `layers` times inside of the loop over layers, which indents it."""
    count = 0
    for line in lines:
        if re.search(pattern, line):
            indent = len(line) - len(line.lstrip())
            assert indent in (4, 6), line
            count += 1 if indent == 4 else layers
    return count


def measured_calls(text: str) -> int:
    """Calls of kernels in a step of decode, as `--stats=kernels` prints them."""
    table = text[text.index("\ndecode: "):]
    return int(re.search(r"\nall +(\d+) ", table).group(1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--subsets", type=int, default=16, help="subsets to try, besides all and none; 256: each")
    parser.add_argument("--seed", type=int)
    options, _ = parser.parse_known_args()
    rng = random.Random(draw_seed(options.seed))
    layers = json.loads((Path(options.model) / "config.json").read_text())["num_hidden_layers"]

    def criac(*arguments: str) -> str:
        return subprocess.run([options.criac, options.model, *arguments], check=True, capture_output=True,
                              text=True).stdout

    listed = subprocess.run([options.criac, "--list-fusions"], check=True, capture_output=True, text=True).stdout
    names = [line.split()[0] for line in listed.splitlines() if line.strip()]
    subsets = [[name for name, chosen in zip(names, choice) if chosen]
               for choice in itertools.product([False, True], repeat=len(names))]
    if options.subsets < len(subsets):
        subsets = [subsets[0], subsets[-1], *rng.sample(subsets[1:-1], options.subsets)]
    programs = rng.sample(range(2, len(subsets)), 2) + [0, 1]
    counts = set()
    for number, subset in enumerate(subsets):
        fuse = "--fuse=" + (",".join(subset) or "none")
        counted = bodies(criac(fuse, "--stop-after=schedule"))
        code = bodies(criac(fuse, "--stop-after=buffers"))
        for entry in ("prefill", "decode", "head"):  # not `state`, whose copy of a norm is made in place: no kernel
            lines = counted[entry]
            kernels = times(lines, r"cria\.kernel ", layers)
            called = times(code[entry], rf"call @\"?{entry}\.", layers)
            barriers = times(code[entry], "call @cria_team_barrier", layers)
            assert kernels == called == barriers > 0, (fuse, entry, kernels, called, barriers)
        kernels = times(counted["decode"], r"cria\.kernel ", layers)
        counts.add(kernels)
        if number not in programs:
            continue
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "program"
            criac(fuse, "-o", str(program))
            ran = subprocess.run([program, "--token-ids", "1,2,3", "--max-tokens", "4", "--ignore-eos", "--stats=kernels"], check=True,
                                 capture_output=True, text=True)
            assert measured_calls(ran.stderr) == kernels, (fuse, kernels, ran.stderr)
    assert len(counts) > 2, counts  # fusions do change the number
    print(f"{len(subsets)} subsets: {min(counts)} to {max(counts)} kernels per decoded token, each called once")


if __name__ == "__main__":
    main()
