"""The logits of a prompt do not depend on how it is cut into chunks.

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
CHUNKS = [1, 7, 64, TOKENS, 128]  # one token, a cut last chunk, the default, all at once, more than all
BOUND = 1e-5  # of the greatest logit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--vocab", type=int, required=True)
    parser.add_argument("--seed", type=int, help="repeats a run; default CRIA_SEED, else a new one")
    args = parser.parse_args()
    rng = random.Random(draw_seed(args.seed))
    ids = ",".join(str(rng.randrange(args.vocab)) for _ in range(TOKENS))
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for chunk in CHUNKS:
            program, logits = Path(folder) / f"chunk{chunk}", Path(folder) / f"{chunk}.npy"
            subprocess.run([args.criac, args.model, "-o", program, f"--prefill-chunk={chunk}",
                            "--max-seq=200"], check=True)
            subprocess.run([program, "--token-ids", ids, "--max-tokens", "1", "--print-token-ids",
                            "--dump-logits", logits], check=True, stdout=subprocess.DEVNULL)
            found[chunk] = logits
        for chunk in CHUNKS[1:]:
            worst, greatest = npy.difference(found[chunk], found[CHUNKS[0]])
            print(f"chunks of {chunk} against single tokens: {worst:.1e} (greatest logit {greatest:.1f})")
            if worst > BOUND * greatest:
                raise SystemExit("they differ")


main()
