"""Lists of words that are repeated.

They hold no facts. They teach the move that every recall is made of, from a word to what came after it
before; in *loose* lists, across the small words between.
"""

from random import Random

import words
from story_text import mark

POOL = sorted({*words.NAMES, *words.OBJECTS, *words.COLOURS, *words.ANIMALS, *words.PETS,
               *(place.split()[-1] for place in words.PLACES)})
SMALL = [" the", " is", " has a", " belongs to", " and", ",", " in the", " called", "."]


def make_list(rng: Random, held_out: bool = False, between: float = 0.0, most: int = 10) -> str:
    """One marked list; `between` is the probability of a filler between two of its words."""
    def small() -> str:
        return rng.choice(SMALL) if rng.random() < between else ""

    said = rng.sample(POOL, rng.randint(3, most))
    text = "".join(f"{small()} {word}" for word in said) + f". {said[0]}"
    return text.strip() + "".join(small() + mark("again", f" {word}") for word in said[1:])


def make_loose_list(rng: Random, held_out: bool = False) -> str:
    return make_list(rng, between=0.8, most=6)
