"""Runs the bad inputs of cases.py: `python3 run.py --criac PATH [--only NAME ...]`.

Each case damages one thing of a good model. The program must end with an exit code of its own, say one
line that names the file, field and value, leave no file behind, and stay small.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import cases
from model import make_model

SECONDS = 120
MOST_KIB = 2 << 20


def full_disk() -> None:
    """Writing to files fails, as if no space were left."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def run(command: list[str], case: cases.Case) -> tuple[int, bytes, int]:
    """The exit code (negative: a signal), standard error, and the most memory in KiB."""
    with open(case.stdout or os.devnull, "wb") as out:
        # Standard error is a pipe: where no file may grow, a file would stay empty.
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                                 preexec_fn=full_disk if case.full_disk else None)
    signal.signal(signal.SIGALRM, lambda *_: child.kill())
    signal.alarm(SECONDS)
    with child.stderr:
        message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    signal.alarm(0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, message, usage.ru_maxrss


def faults(code: int, message: bytes, kib: int, begins: str, says: list[str]) -> list[str]:
    """What is wrong with how a program ended."""
    wrong = []
    if not 0 < code < 126:
        wrong.append(f"exit code {code}")
    text = message.decode(errors="replace")
    if text.count("\n") != 1 or not text.endswith("\n"):
        wrong.append("not one line")
    if not text.startswith(begins):
        wrong.append(f"does not begin with {begins!r}")
    wrong += [f"does not say {part!r}" for part in says if part not in text]
    if kib > MOST_KIB:
        wrong.append(f"{kib >> 10} MiB of memory")
    return wrong


def listing(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def run_case(case: cases.Case, program: str, begins: str, compiles: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        folder, out, scratch = top / "no-such-model", top / "out", top / "tmp"
        out.mkdir()
        scratch.mkdir()
        make_model(folder)
        case.change(folder)
        # A link: a program that renames a file to this name must not take the device away.
        (top / "full").symlink_to("/dev/full")
        before = listing(top)
        places = {"folder": folder, "out": out, "new": out / "model", "full": top / "full"}
        args = [arg.format(**places) for arg in case.args]
        command = [program, case.model.format(**places), "-o", case.output.format(**places)] if compiles else [program]
        # TMPDIR: what is left there is seen.
        os.environ["TMPDIR"] = str(scratch)
        code, message, kib = run(command + args, case)
        wrong = faults(code, message, kib, begins, case.says)
        wrong += [f"leaves {path.relative_to(top)}" for path in sorted(listing(top) - before)]
        if wrong:
            wrong.append("said: " + message.decode(errors="replace")[:500])
        return wrong


def make_executable(criac: str, folder: Path) -> str:
    """Compiles the good model; the weights are read where it is."""
    make_model(folder / "good")
    program = str(folder / "program")
    subprocess.run([criac, str(folder / "good"), "-o", program], check=True)
    return program


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of cases")
    options = parser.parse_args()

    def chosen(table):
        return [case for case in table if not options.only or case.name in options.only]

    jobs = [(case, options.criac, "criac: error: ", True) for case in chosen(cases.CRIAC)]
    with tempfile.TemporaryDirectory() as name:
        if chosen(cases.EXECUTABLE):
            program = make_executable(options.criac, Path(name))
            jobs += [(case, program, "program: ", False) for case in chosen(cases.EXECUTABLE)]
        if not jobs:
            parser.error("no case has such a name")
        bad = 0
        for case, *how in jobs:
            wrong = run_case(case, *how)
            bad += bool(wrong)
            for fault in wrong:
                print(f"{case.name}: {fault}")
    print(f"{len(jobs)} cases, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
