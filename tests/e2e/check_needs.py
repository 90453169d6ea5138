"""What a compiled program needs, how many threads it starts, and what criac does without a linker."""

import argparse
import os
import re
import subprocess
import tempfile
from pathlib import Path

TOKENS = ("--token-ids", "1,2,3", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")
LIBC = {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}


def run(*command, code: int = 0, **options) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == code, f"{command} {options.get('env', {})}: exit code {done.returncode}\n{done.stderr}"
    return done


class Check:
    def __init__(self, args: argparse.Namespace, folder: Path):
        self.args, self.folder = args, folder
        self.program, self.library = folder / "program", folder / "libmodel.so"
        run(args.criac, args.model, "-o", self.program)
        run(args.criac, args.model, "--emit=shared", "-o", self.library)
        self.right = run(self.program, *TOKENS).stdout

    def libraries(self) -> None:
        for output in (self.program, self.library):
            needed = re.findall(r"NEEDED.*\[([\w-]+)\.so", run("readelf", "-d", output).stdout)
            assert needed and set(needed) <= LIBC, needed

    def threads(self) -> None:
        """--threads N starts N - 1 besides the first, as far as there are processors; without it this model is too
        small for a second. OMP_NUM_THREADS has no effect. The text is always the same."""
        source, preload, count = (self.folder / name for name in ("count.c", "count.so", "count"))
        source.write_text(f"""#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), void *x) {{
  FILE *file = fopen("{count}", "a");
  fputc('x', file);
  fclose(file);
  return ((int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(
      RTLD_NEXT, "pthread_create"))(t, a, f, x);
}}
""")
        run(self.args.cc, "-shared", "-fPIC", source, "-o", preload)
        env = dict(os.environ, OMP_NUM_THREADS="7", LD_PRELOAD=str(preload))
        processors = len(os.sched_getaffinity(0))
        for flags, expected in ((("--threads", "1"), 0), (("--threads", "2"), min(2, processors) - 1),
                                (("--threads", "1024"), processors - 1), ((), 0)):
            count.write_text("")
            done = run(self.program, *TOKENS, *flags, env=env)
            assert done.stdout == self.right and not done.stderr, done
            assert len(count.read_text()) == expected, (flags, count.read_text())

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
                       env=dict(os.environ, PATH=str(path)))
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
