"""Random tests draw a seed per run and print it; --seed or CRIA_SEED repeats a run."""

import os
import secrets


def draw_seed(given: int | None = None) -> int:
    """`given`, else that of the environment, else a new one. Prints how to repeat the run."""
    if given is None:
        given = int(os.environ.get("CRIA_SEED") or secrets.randbits(31))
    print(f"CRIA_SEED={given}", flush=True)
    return given
