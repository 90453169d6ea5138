"""What a compiled program needs, and what it does where that is missing or nonsense: libomp, OMP_NUM_THREADS, a linker."""

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOKENS = ("--token-ids", "1,2,3", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")
LIBC = {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}
NONSENSE = ("", "auto", "-3", "2.5", "1e99", "0", "4,0", ",", "garbage", "9" * 40, "100000", "%s%n", "\n")
# Each aborts, hangs or starves a program of LLVM's libomp.
OTHERS = {"OMP_STACKSIZE": "100T", "KMP_STACKSIZE": "9" * 25, "OMP_PLACES": "9" * 25, "OMP_PROC_BIND": "9" * 25,
          "KMP_AFFINITY": "9" * 25, "KMP_BLOCKTIME": "9" * 25, "KMP_SPIN_BACKOFF_PARAMS": ""}


def run(*command, code: int = 0, **options) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == code, f"{command} {options.get('env', {})}: exit code {done.returncode}\n{done.stderr}"
    return done


def with_variables(**variables) -> dict:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OMP_", "KMP_"))}
    return kept | variables


class Check:
    def __init__(self, args: argparse.Namespace, folder: Path):
        self.args, self.folder = args, folder
        self.program, self.library = folder / "program", folder / "libmodel.so"
        run(args.criac, args.model, "-o", self.program)
        run(args.criac, args.model, "--emit=shared", "-o", self.library)
        self.host = folder / "host"
        run(args.cc, "-O1", "-I", args.include, HERE / "alone.c", "-ldl", "-o", self.host)
        self.right = run(self.program, *TOKENS, env=with_variables()).stdout

    def libraries(self) -> None:
        for output in (self.program, self.library):
            needed = re.findall(r"NEEDED.*\[([\w-]+)\.so", run("readelf", "-d", output).stdout)
            assert needed and set(needed) <= LIBC, needed

    def settings(self) -> None:
        for value in NONSENSE:
            for flags in ((), ("--threads", "2")):
                done = run(self.program, *TOKENS, *flags, env=with_variables(OMP_NUM_THREADS=value))
                assert done.stdout == self.right and done.stderr.count("\n") == 1, (value, done)
                assert "OMP_NUM_THREADS is ignored" in done.stderr, done.stderr
            done = run(self.host, "local", self.library, env=with_variables(OMP_NUM_THREADS=value))
            assert not done.stderr, done.stderr
        for name, value in OTHERS.items():
            done = run(self.program, *TOKENS, env=with_variables(**{name: value}))
            assert done.stdout == self.right and f"{name} is ignored" in done.stderr, done
        for value in ("1", "2", " 2 , 1 ", "3,2"):
            done = run(self.program, *TOKENS, env=with_variables(OMP_NUM_THREADS=value))
            assert done.stdout == self.right and not done.stderr, done
        done = run(self.args.criac, self.args.model, "--verify", "-o", self.program,
                   env=with_variables(OMP_NUM_THREADS="auto"))

    def threads(self) -> None:
        """A valid OMP_NUM_THREADS and --threads count: so many threads start."""
        for variables, flags, expected in (({"OMP_NUM_THREADS": "3"}, (), 3), ({"OMP_NUM_THREADS": "1"}, (), 1),
                                           ({"OMP_NUM_THREADS": "auto"}, ("--threads", "2"), 2)):
            env = with_variables(OMP_DISPLAY_AFFINITY="true", OMP_AFFINITY_FORMAT="thread %n", **variables)
            said = run(self.program, *TOKENS, *flags, env=env)
            seen = set(re.findall(r"thread (\d+)", said.stdout + said.stderr))
            assert seen == {str(i) for i in range(expected)}, (variables, flags, seen)

    def without_libomp(self) -> None:
        """On a machine without libomp: one thread, the same answer, one line. The preload refuses to open it."""
        source, preload = self.folder / "no_libomp.c", self.folder / "no_libomp.so"
        source.write_text("""#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
void *dlopen(const char *name, int flags) {
  if (name && (strstr(name, "libomp") || strstr(name, "libiomp"))) return 0;
  return ((void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen"))(name, flags);
}
""")
        run(self.args.cc, "-shared", "-fPIC", source, "-o", preload)
        done = run(self.program, *TOKENS, env=with_variables(LD_PRELOAD=str(preload)))
        assert done.stdout == self.right, done
        assert done.stderr.count("\n") == 1 and "libomp.so.5" in done.stderr, done.stderr
        with_omp = run(self.host, "local", self.library, env=with_variables()).stdout
        assert run(self.host, "local", self.library, env=with_variables(LD_PRELOAD=str(preload))).stdout == with_omp

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
    parser.add_argument("--include", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(args, Path(folder))
        for part in (check.libraries, check.settings, check.threads, check.without_libomp, check.linkers):
            part()


main()
