"""What a compiled program needs, and what it does where that is not there: shared libraries, threads, a linker."""

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

TOKENS = ("--token-ids", "1,2,3", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")
LIBC = {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}
THREADS = (1, 2, 3, 33)
# Counts the threads that a program starts, beside its first.
COUNTER = """#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
static atomic_int started;
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  ++started;
  return ((int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create"))(
      thread, attributes, start, argument);
}
__attribute__((destructor)) static void report(void) { fprintf(stderr, "threads: %d\\n", started + 1); }
"""


def run(*command, code: int = 0, **options) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == code, f"{command} {options.get('env', {})}: exit code {done.returncode}\n{done.stderr}"
    return done


def with_variables(**variables) -> dict:
    return dict(os.environ) | variables


class Check:
    def __init__(self, args: argparse.Namespace, folder: Path):
        self.args, self.folder = args, folder
        self.program, self.library = folder / "program", folder / "libmodel.so"
        run(args.criac, args.model, "-o", self.program)
        run(args.criac, args.model, "--emit=shared", "-o", self.library)
        self.right = run(self.program, *TOKENS, env=with_variables()).stdout

    def libraries(self) -> None:
        for output in (self.program, self.library):
            needed = re.findall(r"NEEDED.*\[([\w-]+)\.so", run("readelf", "-d", output).stdout)
            assert needed and set(needed) <= LIBC, needed

    def threads(self) -> None:
        """--threads counts, more threads than processors give the same answer, and this small model takes one."""
        source, preload = self.folder / "counter.c", self.folder / "counter.so"
        source.write_text(COUNTER)
        run(self.args.cc, "-shared", "-fPIC", source, "-o", preload)
        for flags, expected in ((("--threads", str(n)), n) for n in THREADS):
            self.expect_threads(preload, flags, expected)
        # OpenMP's variables mean nothing.
        self.expect_threads(preload, (), 1, OMP_NUM_THREADS="5")
        self.expect_threads(preload, (), 1, OMP_NUM_THREADS="garbage", KMP_STACKSIZE="9" * 25)

    def expect_threads(self, preload: Path, flags: tuple[str, ...], expected: int, **variables: str) -> None:
        done = run(self.program, *TOKENS, *flags, env=with_variables(LD_PRELOAD=str(preload), **variables))
        assert done.stdout == self.right, (flags, variables, done)
        assert done.stderr == f"threads: {expected}\n", (flags, variables, done.stderr)

    def linkers(self) -> None:
        """No linker along PATH, and one that fails: one line that names it, or its reason, and nothing left."""
        path = self.folder / "bin"
        path.mkdir()
        for script, words in ((None, "finds no linker (ld)"),
                              ('echo "ld: warning: old"; while [ "$1" != -o ]; do shift; done; '
                               'echo "ld: $2: cannot be mapped" >&2; exit 1',
                               "broken: cannot be mapped")):
            if script:
                (path / "ld").write_text(f"#!/bin/sh\n{script}\n")
                (path / "ld").chmod(0o755)
            done = run(self.args.criac, self.args.model, "-o", self.folder / "broken", code=1,
                       env=with_variables(PATH=str(path)))
            assert words in done.stderr and ".tmp" not in done.stderr, done.stderr
            assert str(self.folder / "broken") in done.stderr and done.stderr.count("\n") == 1, done.stderr
            assert not [p for p in self.folder.iterdir() if p.name.startswith("broken")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--cc", required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(args, Path(folder))
        for part in (check.libraries, check.threads, check.linkers):
            part()


main()
