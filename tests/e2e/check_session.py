"""Compiles a model to a shared library, links a C program with it, and runs that."""

import argparse
import subprocess
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--flags", default="", help="what the library was built with: a sanitizer")
    parser.add_argument("--model", required=True)
    parser.add_argument("--source", default="session.c", help="beside this file")
    args = parser.parse_args()
    source = Path(__file__).with_name(args.source)
    with tempfile.TemporaryDirectory() as folder:
        library, program = Path(folder) / "libmodel.so", Path(folder) / "session"
        subprocess.run([args.criac, args.model, "--emit=shared", "-o", library], check=True)
        subprocess.run([args.cc, "-Wall", "-I", args.include, source, library, f"-Wl,-rpath,{folder}",
                        "-lm", "-pthread", "-o", program, *args.flags.split()], check=True)
        subprocess.run([program], check=True, timeout=120, cwd=folder)


main()
