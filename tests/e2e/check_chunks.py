"""The logits of a prompt do not depend on how it is cut into chunks, nor on what follows in its last one.

    check_chunks.py --criac CRIAC --model FOLDER --vocab N
"""

import argparse
import random
import subprocess
import tempfile
from pathlib import Path

import npy
from seed import draw_seed

TOKENS = 70
CHUNKS = [1, 2, 7, 64, 128]  # single tokens, the least, an odd one, the default, more than there are tokens
BOUND = 1e-5  # of the greatest logit


def compile_model(args: argparse.Namespace, chunk: int, program: Path) -> Path:
    subprocess.run([args.criac, args.model, "-o", program, f"--prefill-chunk={chunk}", "--max-seq=200"], check=True)
    return program


def logits_of(program: Path, ids: list[int], *flags: str) -> list[float]:
    """The logits after each token, one row after another."""
    dump = program.with_suffix(".npy")
    subprocess.run([program, "--token-ids", ",".join(map(str, ids)), "--max-tokens=1", "--print-token-ids",
                    "--dump-logits", dump, *flags], check=True, stdout=subprocess.DEVNULL)
    shape, logits = npy.read(dump)
    assert shape[0] == len(ids), (shape, len(ids))
    return logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--vocab", type=int, required=True)
    parser.add_argument("--seed", type=int, help="repeats a run; default CRIA_SEED, else a new one")
    args = parser.parse_args()
    rng = random.Random(draw_seed(args.seed))
    ids = [rng.randrange(args.vocab) for _ in range(TOKENS)]
    with tempfile.TemporaryDirectory() as folder:
        expected = None
        for chunk in CHUNKS:
            program = compile_model(args, chunk, Path(folder) / f"chunk{chunk}")
            if expected is None:
                expected = logits_of(program, ids, "--decode-from=0")
                greatest = max(map(abs, expected))
            worst = 0.0
            for length in [*range(1, min(chunk + 4, TOKENS)), TOKENS]:
                found = logits_of(program, ids[:length])
                differences = [abs(x - y) for x, y in zip(found, expected)]
                if not max(differences) <= BOUND * greatest:
                    raise SystemExit(f"{length} tokens in chunks of {chunk} differ by {max(differences):.1e} from single "
                                     f"tokens; the greatest logit is {greatest:.1f}")
                worst = max(worst, *differences)
            print(f"chunks of {chunk} against single tokens: {worst:.1e} (greatest logit {greatest:.1f})")


main()
