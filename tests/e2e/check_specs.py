"""Specs: presets, C++ files and folders are the same model, and compile and run.

    check_specs.py --criac CRIAC --stories FOLDER --readme README.md
"""

import argparse
import re
import subprocess
import tempfile
from pathlib import Path


def run(*command) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise SystemExit(f"exit code {done.returncode}: {' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--readme", type=Path, required=True)
    args = parser.parse_args()
    tokens = ["--token-ids", "1,5,9", "--max-tokens", "24", "--print-token-ids", "--ignore-eos"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        # One model, three ways to it.
        from_folder = run(args.criac, args.stories, "--emit=mlir")
        assert run(args.criac, "stories", "--emit=mlir") == from_folder, "the preset differs"
        printed = folder / "printed.cpp"
        run(args.criac, args.stories, "--emit=spec", "-o", printed)
        assert run(args.criac, printed, "--emit=mlir") == from_folder, "the printed spec differs"
        run(args.criac, args.stories, "-o", folder / "a")
        run(args.criac, printed, "-o", folder / "b")
        said = run(folder / "a", *tokens)
        assert run(folder / "b", *tokens, "--weights", args.stories) == said

        # The first code block of the README.
        block = re.search(r"```cpp\n(.*?)```", args.readme.read_text(), re.DOTALL)
        spec = folder / "readme.cpp"
        spec.write_text(block.group(1))
        run(args.criac, spec, "--random-weights=1", "--verify", "-o", folder / "readme")
        assert run(folder / "readme", *tokens).count(",") == 23

        # The plan beside a spec, and flags that win over it.
        spec.write_text(block.group(1) + "\nCRIA_PLAN(tiny, .max_seq = 40, .chunk = 5);\n")
        assert "x44x" in run(args.criac, spec, "--emit=mlir")
        assert "x54x" in run(args.criac, spec, "--emit=mlir", "--max-seq=50")


main()
