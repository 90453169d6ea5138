"""Compiles a model and compares what the program says with golden answers.

    check_model.py --criac CRIAC --model FOLDER --golden FILE.json [--relative B | --absolute B]
                   [--emulator COMMAND --needs FILE] [--prompts N]
                   [--here CPU] [-- CRIAC-FLAGS]

Tokens must be equal, but where the golden names others that are as likely; logits may differ by B,
absolutely or relative to the greatest. A program for another machine runs in an emulator; without
it, or without the runtime FILE, the test is skipped.
"""

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import npy

SKIPPED = 77
LEAST_QEMU = 8


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode:
        sys.exit(f"exit code {done.returncode}: {' '.join(command)}\n{done.stderr}")
    return done.stdout


def check_tokens(program: Path, case: dict, args, more: list[str]) -> int:
    """Returns at how many of its ties the program took another token; it goes on from that of the golden."""
    expected, ties, begin, taken = case["greedy"], case.get("ties", {}), 0, 0
    while begin < len(expected):
        ids = ",".join(map(str, case["prompt"] + expected[:begin]))
        found = [int(token) for token in run(
            [*args.emulator, str(program), "--token-ids", ids, "--max-tokens", str(len(expected) - begin),
             "--print-token-ids", "--ignore-eos", *more]).strip().split(",")]
        if found == expected[begin:]:
            break
        same = next((i for i, (a, b) in enumerate(zip(found, expected[begin:])) if a != b), len(found))
        if same == len(found) or found[same] not in ties.get(str(begin + same), []):
            sys.exit(f"prompt {ids}\nexpected {expected[begin:]}\nfound    {found}")
        begin, taken, more = begin + same + 1, taken + 1, []
    return taken


def check_case(program: Path, folder: Path, case: dict, args) -> tuple[float, int]:
    """One prompt; returns the difference of logits as the bound counts it, 0 without logits, and the ties taken."""
    logits = folder / "logits.npy"
    taken = check_tokens(program, case, args, ["--dump-logits", str(logits)] if "logits" in case else [])
    if "logits" not in case:
        return 0.0, taken
    worst, greatest = npy.difference(logits, args.golden.parent / case["logits"])
    worst = worst if args.absolute else worst / greatest
    if worst > (args.absolute or args.relative):
        sys.exit(f"prompt {case['prompt']}\nlogits differ by {worst:.2e}")
    return worst, taken


def skip_without(args) -> None:
    """An older qemu aborts in vector code of RISC-V."""
    missing = None
    if args.needs and not args.needs.exists():
        missing = str(args.needs)
    elif args.emulator and not shutil.which(args.emulator[0]):
        missing = args.emulator[0]
    elif args.emulator and int(re.search(r"version (\d+)", run([args.emulator[0], "--version"]))[1]) < LEAST_QEMU:
        missing = f"{args.emulator[0]} of version {LEAST_QEMU} or newer"
    if missing:
        print(f"skipped: there is no {missing}; run scripts/install-emulators, then build again")
        sys.exit(SKIPPED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--golden", type=Path, required=True)
    parser.add_argument("--relative", type=float, default=1e-4)
    parser.add_argument("--absolute", type=float)
    parser.add_argument("--emulator", type=shlex.split, default=[])
    parser.add_argument("--needs", type=Path)
    parser.add_argument("--here", help="the variant that the program has to choose")
    parser.add_argument("--prompts", type=int, help="only the first N")
    parser.add_argument("flags", nargs="*", help="for criac")
    args = parser.parse_args()
    skip_without(args)
    cases = json.loads(args.golden.read_text())["cases"][:args.prompts]
    if not cases:
        sys.exit(f"{args.golden}: no cases")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program"
        run([args.criac, str(args.model), "-o", str(program), *args.flags])
        version = run([*args.emulator, str(program), "--version"])
        if args.here and f"(here {args.here})" not in version:
            sys.exit(f"the variant is not {args.here}: {version}")
        found = [check_case(program, Path(folder), case, args) for case in cases]
    others = sum(taken for _, taken in found)
    print(f"{len(cases)} prompts, greatest difference of logits {max(worst for worst, _ in found):.1e}"
          + (f", another token at {others} ties" if others else ""))


main()
