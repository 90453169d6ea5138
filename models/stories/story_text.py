"""Stories from a template grammar, with every point marked where the text recalls an earlier fact.

A story first says who owns what, what colour it is and where it lies; later sentences need those facts
again. Each such place is written `⟦kind:answer⟧` while the story is made. `plain` removes the marks for
training; `recall_points` turns them into prompts with one right answer.
"""

import re
import sys
from dataclasses import dataclass
from random import Random

import words

MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")


def mark(kind: str, answer: str) -> str:
    return f"⟦{kind}:{answer}⟧"


def plain(text: str) -> str:
    """The text without its marks, as the model sees it."""
    return MARK.sub(r"\2", text)


def answer_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of each marked answer in the plain text."""
    spans, removed = [], 0
    for found in MARK.finditer(text):
        first = found.start() - removed
        spans.append((first, first + len(found[2])))
        removed += len(found[0]) - len(found[2])
    return spans


def recall_points(text: str) -> list[tuple[str, str, str]]:
    """(kind, prompt, answer) of every mark; the prompt ends before the space that leads the answer."""
    points = []
    for found in MARK.finditer(text):
        before = plain(text[: found.start()])
        lead = " " if before.endswith(" ") else ""
        points.append((found[1], before.removesuffix(" "), lead + found[2]))
    return points


def a(phrase: str) -> str:
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def capital(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]


def listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


@dataclass
class Person:
    """One character and the facts about them."""

    name: str
    thing: str
    colour: str
    place: str
    animal: str
    pet: str
    moved: bool = False

    @property
    def she(self) -> str:
        return "she" if self.name in words.GIRLS else "he"

    @property
    def her(self) -> str:
        return "her" if self.name in words.GIRLS else "his"

    @property
    def child(self) -> str:
        return "girl" if self.name in words.GIRLS else "boy"


def make_cast(rng: Random, count: int, held_out: bool) -> list[Person]:
    """`count` characters who share no word; either all facts are training facts or all are held out."""
    cast: list[Person] = []
    used: set[str] = set()
    while len(cast) < count:
        name, thing, colour, place, animal, pet = facts = [
            rng.choice([word for word in choices if word not in used])
            for choices in (words.NAMES, words.OBJECTS, words.COLOURS, words.PLACES, words.ANIMALS, words.PETS)]
        held = {words.is_held_out(name, thing, colour, place), words.is_held_out(name, animal, pet)}
        if held == {held_out}:
            cast.append(Person(*facts))
            used.update(facts)
    return cast


class Story:
    """Writes one story about `cast`."""

    def __init__(self, rng: Random, cast: list[Person], held_out: bool):
        self.rng, self.cast, self.held_out = rng, cast, held_out
        self.with_pet = [p for p in cast if rng.random() < 0.5]

    def one_of(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def write(self) -> str:
        rng = self.rng
        parts = [self.opening(self.cast[0])]
        for person in self.cast:
            parts.append(self.fact(person))
            if person in self.with_pet:
                parts.append(self.pet_fact(person))
        parts.append("\n\n" + self.scene())
        for turn in range(rng.randint(4, 7)):
            parts.append(self.event())
            if rng.random() < 0.2:
                parts.append(self.scene())
            if turn == 2:
                parts.append("\n\n" + capital(self.one_of("later", "after that", "then", "soon")) + ", "
                             + self.meeting())
        parts.append("\n\n" + self.ending())
        return " ".join(parts).replace(" \n", "\n")

    def opening(self, p: Person) -> str:
        weather, time = self.rng.choice(words.WEATHER), self.rng.choice(words.TIMES)
        names, alone = listed([q.name for q in self.cast]), len(self.cast) == 1
        return self.one_of(
            f"Once upon a time, there was a {p.child} called {p.name}.",
            f"Once upon a time, {names} lived in a small village.",
            f"One {weather} {time}, {p.name} woke up and looked outside.",
            f"There once was a little {p.child} called {p.name}, who lived near the sea.",
            f"It was a {weather} {time}, and {names} {'was' if alone else 'were'} playing.",
            f"{p.name} was a kind {p.child}." if alone else f"{names} were good friends.",
        )

    def fact(self, p: Person) -> str:
        """What is asked for later always comes after the words it will be asked by: a causal model can then
        find it by what it has read before it, which a small one learns much sooner than the other way."""
        name, she, thing = p.name, p.she, a(p.thing)
        return self.one_of(
            f"{name} had {thing}. It was {p.colour}, and {name} kept it {p.place}.",
            f"{name} loved {p.her} {p.thing}. The {p.thing} was {p.colour}, and {name} had put it {p.place}.",
            f"{name} had found {thing}. \"It is {p.colour}!\" {she} said. {name} left it {p.place}.",
            f"{name} had made {thing}, and it was {p.colour}. {name} kept it {p.place}.",
        )

    def pet_fact(self, p: Person) -> str:
        return self.one_of(
            f"{p.name} had {a(p.animal)} called {p.pet}.",
            f"{p.name} also had {a(p.animal)}, and its name was {p.pet}.",
        )

    def scene(self) -> str:
        rng = self.rng
        names = listed([p.name for p in self.cast])
        p = rng.choice(self.cast)
        food, feeling = rng.choice(words.FOODS), rng.choice(words.FEELINGS)
        return self.one_of(
            f"The day was {rng.choice(words.WEATHER)}, and the birds were singing.",
            f"{p.name} was very {feeling}.",
            f"{p.name} ate some {food} and felt {feeling}.",
            f"{capital(p.she)} sang a little song." if len(self.cast) == 1 else f"{names} sang a little song.",
            f"The wind blew, and the clouds were {rng.choice(['big', 'small', 'soft', 'dark'])}.",
            f"{names} shared some {food}.",
            f"{p.name} told a funny story, and everyone laughed.",
        )

    def meeting(self) -> str:
        p = self.rng.choice(self.cast)
        return self.one_of(
            f"an old man came along the road. \"Good day, {p.name},\" he said.",
            f"the rain stopped and {p.name} went outside.",
            f"{p.name} had a good idea.",
            f"{p.name} sat down to rest.",
        )

    def event(self) -> str:
        """One sentence group that needs an earlier fact (or changes a place)."""
        p = self.rng.choice(self.cast)
        if p in self.with_pet and self.rng.random() < 0.35:
            return self.pet_event(p)
        if not p.moved and self.rng.random() < 0.2:
            return self.move(p)
        return self.rng.choice([self.find, self.ask_place, self.ask_owner, self.ask_colour, self.want])(p)

    def where(self, p: Person) -> str:
        return mark("moved" if p.moved else "place", p.place)

    def pet_event(self, p: Person) -> str:
        pet = mark("pet", p.pet)
        return self.one_of(
            f"{p.name} called {p.her} {p.animal}. \"Come here, {pet}!\" {p.she} said.",
            f"{p.name} went for a walk with {pet} the {p.animal}.",
            f"\"What is the {p.animal} called?\" \"The {p.animal} is called {pet},\" said {p.name}.",
        )

    def move(self, p: Person) -> str:
        taken = {q.place for q in self.cast}
        free = [x for x in words.PLACES if x not in taken
                and words.is_held_out(p.name, p.thing, p.colour, x) == self.held_out]
        if not free:
            return self.find(p)
        p.place, p.moved = self.rng.choice(free), True
        return self.one_of(
            f"{p.name} took the {p.thing} away and put it {p.place}.",
            f"Then {p.name} moved the {p.thing}. Now it was {p.place}.",
        )

    def find(self, p: Person) -> str:
        item = mark("thing", f"{p.colour} {p.thing}")
        return self.one_of(
            f"{p.name} went to find the {p.thing}. It was {self.where(p)}.",
            f"{p.name} looked {self.where(p)} and found the {mark('thing', p.thing)}.",
            f"{p.name} was looking for {p.her} {item}. \"I left it {self.where(p)},\" {p.she} said.",
        )

    def ask_place(self, p: Person) -> str:
        other = self.rng.choice(self.cast)
        asker = "an old woman" if other is p else other.name
        return self.one_of(
            f"\"Where is the {p.thing}?\" asked {asker}. \"It is {self.where(p)},\" said {mark('owner', p.name)}.",
            f"\"Where is the {p.colour} {mark('thing', p.thing)}?\" \"The {p.thing} is {self.where(p)}.\"",
        )

    def ask_owner(self, p: Person) -> str:
        return self.one_of(
            f"\"Who has a {p.thing}?\" \"The {p.thing} belongs to {mark('owner', p.name)}.\"",
            f"Everyone knew that the {p.colour} {mark('thing', p.thing)} belonged to {mark('owner', p.name)}.",
            f"Someone was {p.place} with the {mark('thing', p.thing)}. It was {mark('owner', p.name)}.",
        )

    def ask_colour(self, p: Person) -> str:
        return self.one_of(
            f"\"What colour is the {p.thing}?\" \"The {p.thing} is {mark('colour', p.colour)}.\"",
            f"The {p.thing} was {mark('colour', p.colour)}, and {mark('owner', p.name)} liked it very much.",
        )

    def want(self, p: Person) -> str:
        item = mark("thing", f"{p.colour} {p.thing}")
        return self.one_of(
            f"{p.name} wanted to play with {p.her} {item}.",
            f"{p.name} thought about {p.her} {item}. It was safe {self.where(p)}.",
            f"\"I have {a(p.colour)[:-len(p.colour)]}{item},\" said {p.name}.",
        )

    def ending(self) -> str:
        rng = self.rng
        keep = listed([f"{p.name} had the {mark('thing', f'{p.colour} {p.thing}')}" for p in self.cast])
        feeling = rng.choice(words.FEELINGS)
        return self.one_of(
            f"In the end, {keep}. Everyone was {feeling}. The end.",
            f"When the day was over, {keep}. They all went home and slept well.",
            f"So {keep}, and everyone was {feeling}. The end.",
        )


def make_story(rng: Random, held_out: bool = False, cast: list[Person] | None = None) -> str:
    """One marked story."""
    cast = cast or make_cast(rng, rng.choice([1, 2, 2, 2, 3]), held_out)
    return Story(rng, cast, held_out).write()


if __name__ == "__main__":
    drawn = Random(1)
    print("\n\n".join(plain(make_story(drawn, held_out=True)) for _ in range(int(sys.argv[1]))))
