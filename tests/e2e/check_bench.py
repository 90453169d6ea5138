"""cria-bench on a tiny model: that its figures follow from its samples, and how it ends. No time is checked."""

import argparse
import json
from pathlib import Path
from statistics import median

from measuring import interrupt, refused, refuses_to_write, run

QUICK = ("--repeats=3", "--tokens=2", "--max-seq=64", "--prefill-chunk=8")


def close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * abs(b)


def check_figures(bench: Path, model: Path) -> None:
    found = json.loads(run(bench, model, *QUICK, "--threads=1,2", "--context=0,5", "--prompt=20", "--json=-").stdout)
    assert not found["interrupted"] and found["rounds"] == 3 and found["prefill_chunk"] == 8
    points = [("decode", 0, 2), ("decode", 5, 2), ("prefill", 0, 20)]
    rows = found["measurements"]
    assert [(r["threads"], r["entry"], r["context"], r["tokens"]) for r in rows] == [(t, *p) for t in (1, 2) for p in points]
    for row in rows:
        work, rate, limit = (("bytes", "bytes_per_second", "read_bandwidth") if row["entry"] == "decode" else
                             ("flops", "flops_per_second", "multiply_add_peak"))
        assert len(row["seconds"]) == len(row["limits"]) == 3 and min(row["seconds"]) > 0, row
        assert close(row["tokens_per_second"], median(row["tokens"] / s for s in row["seconds"])), row
        assert close(row[rate], median(row[work] / s for s in row["seconds"])), row
        assert close(row[limit], median(row["limits"])), row
        assert close(row["fraction"], median(row[work] / s / l for s, l in zip(row["seconds"], row["limits"]))), row
        assert row["fraction"] > 0, row
    assert rows[1]["bytes"] > rows[0]["bytes"], "a longer context reads more of the cache"


def check_text(bench: Path, model: Path) -> None:
    lines = run(bench, model, *QUICK, "--repeats=1", "--threads=2").stdout.splitlines()
    for name, columns in (("decode", ["threads", "context", "tokens/s"]), ("prefill", ["threads", "tokens", "tokens/s"])):
        at = next(i for i, line in enumerate(lines) if line.startswith(name))
        assert lines[at + 2].split()[:3] == columns, lines
        assert lines[at + 4].split()[0] == "2" and "%" in lines[at + 4], lines


def check_refusals(bench: Path, model: Path) -> None:
    refused(bench, code=2, words="no model given")
    refused(bench, model, "--threads=0", code=2, words="--threads: ")
    refused(bench, model, "--fusions=none", code=2, words="--fusions: unknown flag")
    refused(bench, model, *QUICK, "--prompt=65", code=1, words="--prompt: 65 tokens exceed the session's capacity of 64 tokens")
    refused(bench, model, *QUICK, "--context=63", code=1, words="--context: 63 tokens and 2 more exceed")
    refused(bench, "llama3-8b", *QUICK, code=1, words="llama3-8b: a preset or spec has no weights")
    refuses_to_write(bench, model, *QUICK, "--json")


def check_interrupts(bench: Path, model: Path) -> None:
    endless = [bench, model, *QUICK, "--repeats=1000000", "--threads=1,2"]
    _, found = interrupt(endless, when="round 2 ")
    rounds = [len(row["seconds"]) for row in found["measurements"]]
    assert len(rounds) == 4 and rounds[0] >= 1 and rounds[1] >= 1 and rounds[2:] == [0, 0], rounds
    _, found = interrupt(endless, when="compiling")
    assert not any(row["seconds"] for row in found["measurements"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    bench = args.criac.with_name("cria-bench")
    check_figures(bench, args.model)
    check_text(bench, args.model)
    check_refusals(bench, args.model)
    check_interrupts(bench, args.model)


main()
