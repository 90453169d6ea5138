"""Programs follow the generation_config.json of their model as transformers' generate does, and criac says
what they leave out.

    check_generation.py --criac CRIAC --goldens FOLDER --stories FOLDER
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

LEFT_OUT = {"num_beams": 4, "guidance_scale": 1.5, "sequence_bias": [[[3], -1.0]], "top_k": -1,
            "forced_eos_token_id": 2}
SILENT = {"num_beams": 1, "use_cache": False, "transformers_version": "5.0", "guidance_scale": None,
          "length_penalty": 1.0, "early_stopping": False}


def run(*command: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)


class Compiler:
    def __init__(self, criac: str, work: Path) -> None:
        self.criac, self.work, self.count = criac, work, 0

    def compile(self, model: Path, settings: dict, name: str = "generation_config.json") -> tuple[Path, str]:
        """A program of `model` with these settings, and what criac says of them. These files have no end tokens,
        which it says too."""
        self.count += 1
        folder, program = self.work / f"model{self.count}", self.work / f"program{self.count}"
        shutil.copytree(model, folder)
        (folder / "generation_config.json").unlink(missing_ok=True)
        if name == "config.json":
            settings = json.loads((model / name).read_text()) | settings
        (folder / name).write_text(json.dumps(settings))
        done = run(self.criac, folder, "-o", program)
        if done.returncode:
            raise SystemExit(done.stderr)
        said = [line for line in done.stderr.splitlines() if "eos_token_id: missing, and so" not in line]
        return program, "\n".join(said)


def tokens(program: Path, prompt: list[int], *flags: str) -> list[int]:
    done = run(program, "--token-ids", ",".join(map(str, prompt)), "--print-token-ids", *flags)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [int(token) for token in done.stdout.strip().split(",") if token]


def check_goldens(compiler: Compiler, models: dict[str, Path], goldens: Path) -> None:
    cases = json.loads((goldens / "generation/generate.json").read_text())
    assert len(cases) > 10
    for case in cases:
        program, said = compiler.compile(models[case["model"]], case["settings"])
        assert said == "", said
        expected, eos = case["tokens"], case["settings"].get("eos_token_id", [])
        if expected[-1] in (eos if isinstance(eos, list) else [eos]):
            expected = expected[:-1]  # a program does not print it
        found = tokens(program, case["prompt"])
        if found != expected:
            raise SystemExit(f"{case['settings']}\nexpected {expected}\nfound    {found}")
    print(f"{len(cases)} runs as transformers")


def check_flags(compiler: Compiler, model: Path) -> None:
    settings = {"do_sample": True, "temperature": 3.0, "max_new_tokens": 20}
    program, _ = compiler.compile(model, settings)
    plain, _ = compiler.compile(model, {"max_new_tokens": 20})
    drawn, again, other = (tokens(program, [57], *flags) for flags in ([], [], ["--seed", "7"]))
    assert drawn == again != other, (drawn, again, other)
    greedy = tokens(plain, [57])
    assert drawn != greedy and len(greedy) == 20
    assert tokens(program, [57], "--greedy") == tokens(program, [57], "--temp", "0") == greedy
    assert len(tokens(program, [57], "-n", "5")) == 5
    limited, _ = compiler.compile(model, {"max_length": 9})
    assert len(tokens(limited, [57, 3])) == 7
    full = run(limited, "--print-token-ids", "--token-ids", ",".join(["57"] * 9))
    assert full.returncode == 1 and "max_length 9" in full.stderr, full.stderr


def check_notes(compiler: Compiler, model: Path) -> None:
    for name in ("generation_config.json", "config.json"):
        _, said = compiler.compile(model, LEFT_OUT, name)
        lines = said.splitlines()
        assert len(lines) == len(LEFT_OUT), said
        for field in LEFT_OUT:
            assert any(f"{name}: {field}" in line and "is left out" in line for line in lines), said
        _, said = compiler.compile(model, SILENT, name)
        assert said == "", said
    # Where both files speak, generation_config.json counts alone.
    program, _ = compiler.compile(model, {"max_new_tokens": 3}, "config.json")
    assert len(tokens(program, [57])) == 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    tiny = args.goldens / "tiny/f32"
    with tempfile.TemporaryDirectory() as work:
        compiler = Compiler(args.criac, Path(work))
        check_goldens(compiler, {"tiny/f32": tiny, "stories": args.stories}, args.goldens)
        check_flags(compiler, tiny)
        check_notes(compiler, tiny)


main()
