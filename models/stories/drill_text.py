"""Drills: facts, then sentences that each say one of them again; and bare lists said twice.

They are dense in recall, and so are quick to teach it.
"""

from random import Random

import words
from story_text import Person, a, make_cast, mark

LAST_WORDS = sorted({place.split()[-1] for place in words.PLACES})


def fact(rng: Random, p: Person) -> str:
    item = a(f"{p.colour} {p.thing}")
    told = rng.choice([
        f"{p.name} has {item}. It is {p.place}.",
        f"{p.name} keeps {item} {p.place}.",
        f"There is {item} {p.place}, and it belongs to {p.name}.",
    ])
    return f"{told} {p.name} has {a(p.animal)} called {p.pet}." if rng.random() < 0.5 else told


def again(rng: Random, p: Person, pets: bool) -> str:
    forms = [
        f"The {p.thing} belongs to {mark('owner', p.name)}.",
        f"{p.name} has the {mark('thing', f'{p.colour} {p.thing}')}.",
        f"The colour of the {p.thing} is {mark('colour', p.colour)}.",
        f"You can find the {p.thing} {mark('place', p.place)}.",
        f"{p.name} goes {mark('place', p.place)}.",
    ]
    if pets:
        forms += [f"{p.name} calls {mark('pet', p.pet)}.", f"The {p.animal} is {mark('pet', p.pet)}."]
    return rng.choice(forms)


def drill(rng: Random, held_out: bool, people: list[int], sentences: tuple[int, int]) -> str:
    cast = make_cast(rng, rng.choice(people), held_out)
    facts = [fact(rng, p) for p in cast]
    pick = rng.choices(range(len(cast)), k=rng.randint(*sentences))
    return " ".join(facts + [again(rng, cast[i], " called " in facts[i]) for i in pick])


def make_drill(rng: Random, held_out: bool = False) -> str:
    """One marked drill."""
    return drill(rng, held_out, people=[1, 2, 2, 3], sentences=(8, 16))


def make_short_drill(rng: Random, held_out: bool = False) -> str:
    return drill(rng, held_out, people=[1, 2], sentences=(2, 5))


def make_list(rng: Random, held_out: bool = False) -> str:
    """A few words, and the same words again; there are no facts in it."""
    pool = words.NAMES + words.OBJECTS + words.COLOURS + words.ANIMALS + words.PETS + LAST_WORDS
    listed = " ".join(rng.choices(pool, k=rng.randint(4, 10)))
    return listed + mark("again", " " + listed)
