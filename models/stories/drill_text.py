"""Drills: facts, then sentences that each repeat one of them. They are dense in recall and teach it quickly."""

from random import Random

from story_text import Person, a, make_cast, mark


def fact(rng: Random, p: Person) -> str:
    told = rng.choice([
        f"{p.name} has {a(p.thing)}. It is {p.colour}, and {p.name} keeps it {p.place}.",
        f"{p.name} has {a(p.thing)}. The {p.thing} is {p.colour}. {p.name} put it {p.place}.",
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
