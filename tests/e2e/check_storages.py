"""Models whose weights are in blocks: checked against the reference, and what is refused."""

import argparse
import subprocess
import tempfile
from pathlib import Path

SPEC = """#include <cria/spec.hpp>
using namespace cria::spec;
CRIA_MODEL(blocks,
    trained{{.context = 128, .storage = {storage}}},
    embed{{.vocab = 96, .width = {width}}},
    repeat(2,
        residual(rms_norm{{}}, attention{{.heads = 4, .kv_heads = 2, .head_dim = 16,
                                        .position = rope{{.theta = 10'000}}}}),
        residual(rms_norm{{}}, swiglu{{.hidden = 96}})),
    rms_norm{{}},
    unembed{{.vocab = 96}});
"""
TOKENS = ("--token-ids", "1,2,3,4,5,6,7,8,9", "--print-token-ids", "--max-tokens", "8", "--ignore-eos")


def run(*command, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, f"{command}: exit code {done.returncode}\n{done.stderr}"
    return done


def write(folder: Path, storage: str, width: int = 64) -> Path:
    path = folder / f"{storage}-{width}.cpp"
    path.write_text(SPEC.format(storage=storage, width=width))
    return path


def check(criac: str, folder: Path) -> None:
    answers = set()
    for storage in ("f32", "q8_0", "q4_0"):
        program = folder / storage
        run(criac, write(folder, storage), "--random-weights=3", "--verify", "-o", program)
        answers.add(run(program, *TOKENS).stdout)
        # The flag says the same as the spec.
        run(criac, write(folder, "f32"), f"--dtype={storage}", "--random-weights=3", "-o", program)
        answers.add(run(program, *TOKENS).stdout)
    assert len(answers) == 3, f"3 storages gave {len(answers)} answers"


def check_refused(criac: str, folder: Path) -> None:
    for storage, width, why in (
        ("q8_0", 48, "--dtype: q8_0: blocks of 32 elements do not fit rows of 48"),
        ("q4_k", 64, "--dtype: q4_k: blocks of 256 elements do not fit rows of 64"),
    ):
        done = run(criac, write(folder, storage, width), "--random-weights=1", "-o", folder / "none", code=1)
        assert why in done.stderr and done.stderr.count("\n") == 1, done.stderr
    done = run(criac, write(folder, "f32"), "--kv-dtype=q8_0", "--random-weights=1", "-o", folder / "none", code=2)
    assert "q8_0" in done.stderr, done.stderr
    assert not (folder / "none").exists()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--criac", required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check(args.criac, Path(folder))
        check_refused(args.criac, Path(folder))


main()
