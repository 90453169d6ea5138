"""Specs: presets, C++ files and folders are the same model, and compile and run.

    check_specs.py --criac CRIAC --stories FOLDER --readme README.md --every-block FILE.cpp --configs FOLDER

CONFIGS has NAME.json, the published config.json, of every preset but stories.
"""

import argparse
import re
import shutil
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
    parser.add_argument("--every-block", type=Path, required=True, help="a spec with a plan")
    parser.add_argument("--configs", type=Path, required=True)
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

        # So is every other preset, of the published config, and one is compiled by its name.
        presets = sorted(args.configs.glob("*.json"))
        assert len(presets) == 7
        for config in presets:
            published = folder / config.stem
            published.mkdir()
            shutil.copy(config, published / "config.json")
            from_folder = run(args.criac, published, "--random-weights=1", "--emit=mlir")
            assert run(args.criac, config.stem, "--random-weights=1", "--emit=mlir") == from_folder, config.stem
        run(args.criac, "llama3.2-1b", "--random-weights=1", "-o", folder / "llama")

        # A printed spec keeps the plan of its file, and has none where there was none.
        assert "CRIA_PLAN" not in printed.read_text()
        check_plan(args.criac, args.every_block, folder)

        # The first code block of the README.
        block = re.search(r"```cpp\n(.*?)```", args.readme.read_text(), re.DOTALL)
        spec = folder / "readme.cpp"
        spec.write_text(block.group(1))
        run(args.criac, spec, "--random-weights=1", "--verify", "-o", folder / "readme")
        assert run(folder / "readme", *tokens).count(",") == 23

        # The plan beside a spec, and flags that win over it.
        spec.write_text(block.group(1) + '\nCRIA_PLAN(tiny, .fuse = "none", .max_seq = 40, .chunk = 5);\n')
        assert "x40x" in run(args.criac, spec, "--emit=mlir")
        assert "x50x" in run(args.criac, spec, "--emit=mlir", "--max-seq=50")
        unfused, fused = (run(args.criac, spec, "--stop-after=fuse", *flags).count("cria.kernel")
                          for flags in ((), ("--fuse=all",)))
        assert unfused > 2 * fused > 0, f"{unfused} kernels, fused {fused}"
        # Printed, the flags are part of the plan.
        assert '.fuse = "none", .max_seq = 50, .chunk = 5)' in run(args.criac, spec, "--emit=spec", "--max-seq=50")


def check_plan(criac: Path, spec: Path, folder: Path) -> None:
    """What is printed of `spec` has its plan: the IR, which has all of the plan in it, is the same."""
    printed = folder / "every_block.cpp"
    run(criac, spec, "--emit=spec", "-o", printed)
    plan = re.search(r"^CRIA_PLAN\(.*\);$", spec.read_text(), re.MULTILINE)
    assert printed.read_text().endswith(f"\n{plan.group()}\n"), printed.read_text()
    weights = "--random-weights=1"
    assert run(criac, printed, weights, "--emit=mlir") == run(criac, spec, weights, "--emit=mlir")
    assert run(criac, printed, "--emit=spec") == printed.read_text()


main()
