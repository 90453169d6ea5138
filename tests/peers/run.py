"""Tries every case: `python3 run.py --criac PATH [--only NAME ...] [--jobs N] [--record]`.

What is taken is compiled and run, and must give the logits of transformers (tests/goldens/peers.json); what is
refused must say why in one line. Errors and warnings must be those of messages.json, which docs/import.md shows;
--record writes it anew.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import golden
from case import MESSAGES, Case, all_cases, prompt
from tiny import make

sys.path.insert(0, str(Path(__file__).parent / "../e2e"))
import npy  # noqa: E402

SECONDS = 120
TOLERANCE = 1e-4  # of the greatest logit


def say(command: list[str], folder: Path) -> tuple[int, str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    return done.returncode, done.stderr


def faults_of_refusal(case: Case, code: int, message: str) -> list[str]:
    wrong = []
    if code != 1:
        wrong.append(f"exit code {code}")
    if message.count("\n") != 1 or not message.startswith("criac: error: "):
        wrong.append("not one line of an error")
    return wrong + [f"does not say {part!r}" for part in case.refused if part not in message]


def faults_of_warnings(case: Case, message: str) -> list[str]:
    lines = message.splitlines()
    wrong = [f"does not warn of {part!r}" for part in case.warns if part not in message]
    if len(lines) != len(case.warns) or not all(line.startswith("warning: ") for line in lines):
        wrong.append(f"{len(lines)} lines where {len(case.warns)} warnings are expected")
    return wrong


def faults_of_answer(case: Case, program: Path, folder: Path, wanted: golden.Answer) -> list[str]:
    logits = program.with_suffix(".npy")
    ids = ",".join(map(str, prompt(case)))
    code, message = say([str(program), "--token-ids", ids, "--max-tokens", "0", "--dump-logits", str(logits)], folder)
    if code:
        return [f"the program ends with {code}: {message.strip()}"]
    (rows, columns), values = npy.read(logits)
    if rows != len(wanted.best):
        return [f"{rows} rows of logits where {len(wanted.best)} are expected"]
    bound = TOLERANCE * max(map(abs, values))
    wrong = []
    for row, best in enumerate(wanted.best):
        found = values[row * columns:(row + 1) * columns]
        if not max(found) - found[best] <= bound:
            wrong.append(f"token {row}: {best} is not the likeliest")
    last = values[-columns:]
    worst = max(abs(a - b) for a, b in zip(last, wanted.last))
    if not worst <= bound:
        wrong.append(f"logits differ by {worst / max(map(abs, values)):.1e} of the greatest")
    return wrong


def run_case(criac: str, case: Case, answers: dict[str, golden.Answer]) -> tuple[list[str], str]:
    """Faults, and what criac said."""
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name) / "model", Path(name) / "program"
        model = make(case.name)
        case.change(model)
        model.write(folder)
        code, message = say([criac, case.path or str(folder), "-o", str(program)], folder)
        if case.refused:
            wrong = faults_of_refusal(case, code, message)
            if program.exists():
                wrong.append("leaves a program")
        elif code:
            wrong = [f"refused with {code}"]
        elif case.name not in answers or answers[case.name].folder != golden.fingerprint(case):
            wrong = ["its golden is of another folder: python tests/goldens/make_goldens.py peers"]
        else:
            wrong = faults_of_warnings(case, message) + faults_of_answer(case, program, folder, answers[case.name])
        message = message.replace(str(folder), "FOLDER").strip()
        return wrong + ([f"said: {message[:500]}"] if wrong and message else []), message


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of cases")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--record", action="store_true", help="write messages.json anew")
    options = parser.parse_args()
    cases = [case for case in all_cases() if not options.only or case.name in options.only]
    if not cases:
        parser.error("no case has such a name")
    criac = str(Path(options.criac).resolve())
    answers, messages = golden.read(), json.loads(MESSAGES.read_text())
    said, bad = {}, 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for case, (wrong, message) in zip(cases, pool.map(lambda case: run_case(criac, case, answers), cases)):
            if not options.record and message != messages.get(case.name, ""):
                wrong.append(f"said {message!r}, which is not as recorded: run.py --record, then table.py")
            said |= {case.name: message} if message else {}
            bad += bool(wrong)
            for fault in wrong:
                print(f"{case.name}: {fault}")
    if options.record:
        MESSAGES.write_text(json.dumps(messages | said if options.only else said, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(cases)} cases, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
