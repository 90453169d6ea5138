"""Keys and values in blocks: models of odd sizes and any fusions against the reference, and what is refused."""

import argparse
import itertools
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from running import run
from seed import draw_seed

SPEC = """cria_spec version=1
model blocks context=300 dtype=f32 {{
embed vocab=96 hidden=64
repeat times=2 {{
residual {{
rms_norm eps=1e-05
attention heads={heads} kv_heads={kv_heads} head_dim={head_dim} theta=10000
}}
residual {{
rms_norm eps=1e-05
swiglu ffn=64
}}
}}
rms_norm eps=1e-05
unembed vocab=96
}}
"""
BLOCKS = "--kv-dtype=q8_0"


def write(folder: Path, heads: int, kv_heads: int, head_dim: int) -> Path:
    path = folder / f"{heads}-{kv_heads}-{head_dim}.spec"
    path.write_text(SPEC.format(heads=heads, kv_heads=kv_heads, head_dim=head_dim))
    return path


def check_models(criac: str, folder: Path, rng: random.Random, count: int) -> None:
    names = [line.split()[0] for line in run(criac, "--list-fusions").stdout.splitlines()]
    subsets = [(), tuple(names)] + [tuple(n for n in names if n != left) for left in names]
    while len(subsets) < count:
        subsets.append(tuple(name for name in names if rng.random() < 0.6))

    def check(number: int, chosen: tuple) -> None:
        kv_heads, group = rng.choice([(1, 1), (1, 8), (2, 1), (2, 3), (3, 2)])
        model = write(folder, kv_heads * group, kv_heads, rng.choice([32, 64, 96]))
        run(criac, model, BLOCKS, "--random-weights=3", "--verify", "--fuse=" + (",".join(chosen) or "none"),
            f"--max-seq={rng.choice([48, 290])}", f"--cores={rng.choice([1, 2, 16])}",
            f"--prefill-chunk={rng.choice([1, 2, 5, 16, 32])}", "-o", folder / f"program{number}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(check, itertools.count(), subsets))
    print(f"{len(subsets)} models agree with the reference")


def check_sessions(criac: str, folder: Path) -> None:
    """A saved state goes on as it would have, and is refused where the cache is stored otherwise."""
    model, state = write(folder, 4, 2, 32), folder / "state"
    for storage in ("q8_0", "f16"):
        run(criac, model, f"--kv-dtype={storage}", "--random-weights=3", "-o", folder / storage)
    kept, more = ("--prompt-cache", state), ("--print-token-ids", "--ignore-eos", "--max-tokens", "6")
    tokens = run(folder / "q8_0", "--token-ids", "1,2,3,4,5,6,7", *more).stdout
    run(folder / "q8_0", "--token-ids", "1,2,3,4", *kept, *more)
    assert run(folder / "q8_0", "--token-ids", "1,2,3,4,5,6,7", *kept, *more).stdout == tokens
    error = run(folder / "f16", "--token-ids", "1,2,3,4,5,6,7", *kept, *more, code=1).stderr
    assert "storage of the cache: 3 is not 1" in error and error.count("\n") == 1, error


def check_refused(criac: str, folder: Path) -> None:
    out = folder / "none"
    for model, flags, code, why in (
        (write(folder, 2, 1, 48), [BLOCKS], 1, "--kv-dtype: q8_0: blocks of 32 elements do not fit a head_dim of 48"),
        (write(folder, 2, 1, 32), ["--kv-dtype=q4_0"], 2, "q4_0"),
    ):
        error = run(criac, model, *flags, "--random-weights=1", "-o", out, code=code).stderr
        assert why in error and error.count("\n") == 1 and not out.exists(), error


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--criac", required=True)
    parser.add_argument("--models", type=int, default=24)
    parser.add_argument("--seed", type=int, help="repeats a run; default CRIA_SEED, else a new one")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check_refused(args.criac, Path(folder))
        check_sessions(args.criac, Path(folder))
        check_models(args.criac, Path(folder), random.Random(draw_seed(args.seed)), args.models)


main()
