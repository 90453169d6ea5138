"""cria-bench on a tiny model: that its figures follow from its samples, and how it ends. No time is checked."""

import argparse
import json
import re
import subprocess
import tempfile
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
                             ("flops", "flops_per_second", "unit_peak"))
        assert len(row["seconds"]) == len(row["limits"]) == 3 and min(row["seconds"]) > 0, row
        assert close(row["tokens_per_second"], median(row["tokens"] / s for s in row["seconds"])), row
        assert close(row[rate], median(row[work] / s for s in row["seconds"])), row
        assert close(row[limit], median(row["limits"])), row
        assert close(row["fraction"], median(row[work] / s / l for s, l in zip(row["seconds"], row["limits"]))), row
        assert row["fraction"] > 0, row
    assert rows[1]["bytes"] > rows[0]["bytes"], "a longer context reads more of the cache"


def check_kernels(bench: Path, model: Path) -> None:
    """Kernels of a step, with what is between them, sum to the step; their work is the step's."""
    quick = (*QUICK, "--threads=1", "--context=5", "--prompt=20", "--kernels")
    found = json.loads(run(bench, model, *quick, "--json=-").stdout)
    decode, prefill = found["measurements"]
    assert [e["entry"] for e in decode["entries"]] == ["decode"], decode
    assert [(e["entry"], e["calls"]) for e in prefill["entries"]] == [("prefill", 3 * 3), ("head", 3)], prefill
    for row in (decode, prefill):
        total = sum(row["seconds"])
        calls = sum(e["calls"] for e in row["entries"])
        assert 0.9 * total - 1e-5 * calls <= sum(e["seconds"] for e in row["entries"]) <= total, row
        for entry in row["entries"]:
            kernels = sum(k["seconds"] for k in entry["kernels"])
            assert close(kernels + entry["seconds_between_kernels"], entry["seconds"]), entry
            assert 0 <= entry["seconds_between_kernels"] < 0.05 * entry["seconds"] + 1e-5 * entry["calls"], entry
            assert all(k["calls"] % entry["calls"] == 0 and k["calls"] > 0 and k["bytes"] > 0 for k in entry["kernels"])
        for work in ("bytes", "flops"):
            counted = sum(k[work] for e in row["entries"] for k in e["kernels"]) / 3
            assert abs(counted - row[work]) <= 0.05 * row[work], (work, counted, row[work])
    text = run(bench, model, *quick, "--repeats=1").stdout
    assert text.count("between kernels") == 3 and "kernels per call of head" in text, text


def check_probes(bench: Path) -> None:
    found = json.loads(run(bench, "--probes", "--repeats=2", "--threads=1,2", "--json=-").stdout)
    assert [limit["threads"] for limit in found["limits"]] == [1, 2]
    for limit in found["limits"]:
        rounds = list(zip(*(way["bytes_per_second"] for way in limit["ways"])))
        assert [max(rates) for rates in rounds] == limit["read_bandwidths"] and len(rounds) == 2, limit
        assert limit["units"][0]["unit"] == "fma" and min(limit["units"][0]["operations_per_second"]) > 0
    assert "best" in run(bench, "--probes", "--repeats=1", "--threads=1").stdout
    refused(bench, "--probes", "models/stories", code=2, words="no model is measured")


def check_points(bench: Path, model: Path) -> None:
    """Lines are answered in order, each before the next is asked."""
    child = subprocess.Popen([bench, model, "--max-seq=64", "--prefill-chunk=8", "--points=-"], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for entry, context, tokens, threads in (("decode", 5, 2, 1), ("prefill", 0, 20, 2), ("decode", 0, 1, 2)):
        child.stdin.write(f"{entry} {context} {tokens} {threads}\n")
        child.stdin.flush()
        found = json.loads(child.stdout.readline())
        assert [found[name] for name in ("entry", "context", "tokens", "threads")] == [entry, context, tokens, threads]
        assert min(found[name] for name in ("seconds", "bytes", "flops", "read_bandwidth", "unit_peak")) > 0, found
    child.stdin.close()
    assert child.wait(timeout=60) == 0
    with tempfile.NamedTemporaryFile("w", suffix=".points") as file:
        for line, words in (("decode 1", "is not ENTRY CONTEXT TOKENS THREADS"), ("chat 1 1 1", "is not ENTRY"),
                            ("decode 4096 1 1", "exceeds the session's capacity of 64 tokens")):
            file.seek(0)
            file.truncate()
            print(line, file=file, flush=True)
            refused(bench, model, "--max-seq=64", f"--points={file.name}", code=1, words=words)
    refused(bench, model, "--points=/absent", code=1, words="/absent: cannot be read")


def check_program(criac: Path, model: Path) -> None:
    """--stats=kernels of a compiled program."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program"
        run(criac, model, "--no-tokenizer", "-o", program)
        done = run(program, "--token-ids", "1,2,3", "-n", "4", "--print-token-ids", "--stats=kernels")
        assert re.search(r"^prefill: \d+ calls?, per call$", done.stderr, re.MULTILINE), done.stderr
        assert re.search(r"^decode: \d+ calls?, per call$", done.stderr, re.MULTILINE), done.stderr
        assert done.stderr.count("between kernels") >= 2, done.stderr
        wrong = run(program, "--token-ids", "1", "--stats=all", code=2)
        assert wrong.stderr == "program: --stats: all is not one of kernels\n", wrong.stderr


def check_text(bench: Path, model: Path) -> None:
    lines = run(bench, model, *QUICK, "--repeats=1", "--threads=2").stdout.splitlines()
    for name, columns in (("decode", ["threads", "context", "tokens/s"]), ("prefill", ["threads", "tokens", "tokens/s"])):
        at = next(i for i, line in enumerate(lines) if line.startswith(name))
        assert lines[at + 2].split()[:3] == columns, lines
        assert lines[at + 4].split()[0] == "2" and "%" in lines[at + 4], lines


def check_schedule(bench: Path, model: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.schedule"
        own.write_text('{"decode.down" = #cria.schedule<streams = 2>}')
        quick = (*QUICK, "--repeats=1", "--prompt=8", f"--schedule={own}")
        assert json.loads(run(bench, model, *quick, "--json=-").stdout)["schedule"] == str(own)
        assert f"schedules of {own}" in run(bench, model, *quick).stdout.splitlines()[0]
        own.write_text('{"decode.nothing" = #cria.schedule}')
        refused(bench, model, *quick, code=1, words=f"{own}:1")


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
    check_kernels(bench, args.model)
    check_probes(bench)
    check_points(bench, args.model)
    check_schedule(bench, args.model)
    check_program(args.criac, args.model)
    check_refusals(bench, args.model)
    check_interrupts(bench, args.model)


main()
