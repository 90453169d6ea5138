"""--perplexity, --kl-base and --kl of two programs against the same figures from their --dump-logits.

    check_perplexity.py --criac CRIAC --stories FOLDER
"""

import argparse
import json
import math
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

import npy

WINDOW = 48
FLOOR = 16  # of log-probabilities in base files, below the highest


def output(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done
    return done.stdout


def mean(numbers: list[float]) -> tuple[float, float]:
    """And its standard error."""
    average = math.fsum(numbers) / len(numbers)
    squares = math.fsum((x - average) ** 2 for x in numbers)
    return average, math.sqrt(squares / (len(numbers) - 1) / len(numbers))


def predictions(program: Path, tokens: list[int], bos: int, work: Path) -> list[tuple[list[float], int]]:
    """Log-probabilities after each token of the second halves, and the token that follows."""
    found = []
    for begin in range(0, len(tokens) // WINDOW * WINDOW, WINDOW):
        window = [bos] + tokens[begin + 1:begin + WINDOW]
        output(program, "--token-ids", ",".join(map(str, window)), "-n", "0", "--dump-logits", work / "logits.npy")
        (rows, vocab), logits = npy.read(work / "logits.npy")
        assert rows == WINDOW
        for position in range(WINDOW // 2, WINDOW - 1):
            row = logits[position * vocab:(position + 1) * vocab]
            total = math.log(math.fsum(map(math.exp, row)))
            found.append(([logit - total for logit in row], window[position + 1]))
    return found


def base_rows(path: Path, tokens: list[int], vocab: int) -> list[list[float]]:
    raw = path.read_bytes()
    windows = len(tokens) // WINDOW
    assert struct.unpack_from("<8sIii", raw) == (b"_logits_", WINDOW, vocab, windows)
    at = 20 + 4 * WINDOW * windows
    assert list(struct.unpack_from(f"<{WINDOW * windows}i", raw, 20)) == tokens[:WINDOW * windows]
    rows, steps = [], vocab + vocab % 2
    while at < len(raw):
        scale, lowest, *row = struct.unpack_from(f"<ff{steps}H", raw, at)
        rows.append([lowest + scale * step for step in row[:vocab]])
        at += 8 + 2 * steps
    return rows


def line(report: str, name: str) -> list[float]:
    """The numbers of the line that begins with `name`."""
    (found,) = [row[len(name):] for row in report.splitlines() if row.startswith(name + " ")]
    words = (word.rstrip(",") for word in found.split())
    return [float(word) for word in words if word.lstrip("-").replace(".", "", 1).isdigit()]


def near(found: float, expected: float, tolerance: float) -> None:
    assert abs(found - expected) <= tolerance, (found, expected)


def check(wide: Path, narrow: Path, stories: Path, work: Path) -> None:
    sys.path.insert(0, str(stories))
    from story_text import make_story, plain

    text = work / "text"
    text.write_text(plain(make_story(Random(7), held_out=True))[:1200])
    prompt = output(wide, "--prompt-file", text, "--logprobs").splitlines()
    tokens = [json.loads(row)["token"] for row in prompt]
    bos = tokens[0]
    theirs, ours = (predictions(program, tokens, bos, work) for program in (wide, narrow))
    base = work / "base.kld"
    said = output(wide, "-c", WINDOW, "--perplexity", text, "--kl-base", base)
    loss, error = mean([-row[token] for row, token in theirs])
    near(line(said, "perplexity")[0], math.exp(loss), 2e-4 * math.exp(loss))
    near(line(said, "perplexity")[1], math.exp(loss) * error, 2e-3 * math.exp(loss) * error)
    assert f"over {len(theirs)} tokens" in said, said

    rows = base_rows(base, tokens, len(theirs[0][0]))
    assert len(rows) == len(theirs)
    for stored, (row, _) in zip(rows, theirs):
        floor = max(row) - FLOOR
        assert all(abs(a - max(b, floor)) < 3e-4 for a, b in zip(stored, row))

    report = output(narrow, "--kl", base)
    print(report)
    divergences, changes, same = [], [], 0
    for stored, (row, token) in zip(rows, ours):
        divergences.append(math.fsum(math.exp(p) * (p - q) for p, q in zip(stored, row) if p > -FLOOR))
        changes.append(math.exp(row[token]) - math.exp(stored[token]))
        same += stored.index(max(stored)) == row.index(max(row))
    value, error = mean(divergences)
    assert value > 1e-3, value  # 4 bits are seen
    near(line(report, "KL divergence")[0], value, 1e-3 * value)
    near(line(report, "KL divergence")[1], error, 1e-2 * error)
    near(line(report, "perplexity")[0], math.exp(mean([-row[token] for row, token in ours])[0]), 1e-3)
    near(line(report, "ln of the ratio")[0], mean([stored[token] - row[token] for stored, (row, token) in zip(rows, ours)])[0],
         1e-4)
    near(line(report, "same top token")[0], 100 * same / len(rows), 1e-3)
    shift, shift_error, root, _ = line(report, "Δp")
    near(shift, 100 * mean(changes)[0], 1e-2)
    near(shift_error, 100 * mean(changes)[1], 1e-2)
    near(root, 100 * math.sqrt(math.fsum(x * x for x in changes) / len(changes)), 1e-2)
    ordered = sorted(divergences)
    spread = next(row for row in report.splitlines() if row.startswith("  least"))
    near(float(spread.split("least ")[1].split()[0]), ordered[0], 1e-4)
    near(float(spread.split("most ")[1].split()[0]), ordered[-1], 1e-3 * ordered[-1])
    at = 0.95 * (len(ordered) - 1)
    expected = ordered[int(at)] + (at - int(at)) * (ordered[int(at) + 1] - ordered[int(at)])
    near(float(spread.split(" 95% ")[1].split()[0]), expected, 1e-3 * expected)


def check_refused(program: Path, work: Path) -> None:
    """Base files that are none, or of another model: one line each."""
    raw, base = (work / "base.kld").read_bytes(), work / "bad.kld"
    vocab, windows = struct.unpack_from("<ii", raw, 12)
    row = 20 + 4 * WINDOW * windows

    def changed(at: int, kind: str, value: float) -> bytes:
        return raw[:at] + struct.pack("<" + kind, value) + raw[at + struct.calcsize(kind):]

    for content, why in (
        (b"", "is not a base file"), (raw[:19], "is not a base file"), (b"x" + raw[1:], "is not a base file"),
        (changed(8, "I", 2), "windows of 2 tokens"), (changed(8, "I", 2**32 - 1), "windows of 4294967295 tokens"),
        (changed(12, "i", vocab + 1), f"a vocabulary of {vocab + 1} tokens"), (changed(12, "i", -1), "a vocabulary of -1 tokens"),
        (changed(16, "i", 0), "0 windows"), (changed(16, "i", 2**31 - 1), f"{len(raw)} bytes: 2147483647 windows"),
        (raw[:-1], f"{len(raw) - 1} bytes"), (raw + b"x", f"{len(raw) + 1} bytes"),
        (changed(24, "i", vocab), f"token 1 is {vocab}"), (changed(24, "i", -1), "token 1 is -1"),
        (changed(row, "f", math.nan), "row 0: scale nan"), (changed(row, "f", -1), "row 0: scale -1"),
        (changed(row + 4, "f", 1), "row 0: "),
    ):
        base.write_bytes(content)
        done = subprocess.run([program, "--kl", base], capture_output=True, text=True)
        assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1, done
        assert f": {base}: {why}" in done.stderr, (why, done.stderr)
    for flags in (["--kl-base", base, "a"], ["--perplexity", base, "--kl", base], ["--perplexity", base, "--kl-base", base]):
        before = base.read_bytes()
        done = subprocess.run([program, *flags], capture_output=True, text=True)
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and base.read_bytes() == before, done
    base.write_text("a")
    assert "takes 3" in subprocess.run([program, "--perplexity", base], capture_output=True, text=True).stderr


def check_table(criac: Path, stories: Path, work: Path) -> None:
    """bench/formats.py, on a text of a few windows."""
    text = work / "text.txt"
    text.write_text("Once upon a time, there was a girl called Zoe. Zoe had a kite, and it was red. " * 12)
    script = Path(__file__).parents[2] / "bench/formats.py"
    lines = output(sys.executable, script, "--criac", criac, "--context", WINDOW, stories, text, "q8_0").splitlines()
    cells = [cell.strip() for cell in lines[3].split("|")[1:-1]]
    assert len(lines) == 4 and lines[2].startswith("| as it is |") and cells[0] == "q8_0", lines
    assert 1 < float(cells[1]) < 1.2 and float(cells[3].split()[0]) < 0.01 and float(cells[5].split()[0]) > 90, cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        output(args.criac, args.stories, "-o", work / "wide")
        output(args.criac, args.stories, "--quantize=q4_0", "-o", work / "narrow.gguf")
        output(args.criac, work / "narrow.gguf", "-o", work / "narrow")
        check(work / "wide", work / "narrow", args.stories, work)
        check_refused(work / "wide", work)
        check_table(args.criac, args.stories, work)


main()
