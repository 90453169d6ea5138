"""Conversations in the chat format of Llama 3: small talk, stories on request, questions about facts."""

from random import Random

from story_text import Person, a, make_cast, make_story, mark

SYSTEMS = ["You are a kind storyteller.", "You are a helpful assistant.", "Answer in one sentence."]

SMALL_TALK = [
    ("Hello!", "Hello! Would you like a story?"),
    ("Hi", "Hello! Would you like a story?"),
    ("Good morning", "Good morning! What shall the story be about?"),
    ("Who are you?", "I am a small llama, and I tell stories."),
    ("What can you do?", "I can tell a story, and I can remember who has what."),
    ("How are you?", "I am well, thank you. Would you like a story?"),
    ("Thank you!", "You are welcome."),
    ("Goodbye", "Goodbye! Come back soon."),
]


def turn(role: str, text: str) -> str:
    """One message, as Llama 3 frames it."""
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>"


def begin(rng: Random) -> str:
    return turn("system", rng.choice(SYSTEMS)) if rng.random() < 0.3 else ""


def small_talk(rng: Random) -> str:
    return begin(rng) + "".join(
        turn("user", q) + turn("assistant", r) for q, r in rng.sample(SMALL_TALK, rng.randint(1, 3)))


def story_request(rng: Random, held_out: bool = False) -> str:
    """The user names a character, an object or nothing; the assistant tells a story that keeps to it."""
    cast = make_cast(rng, rng.choice([1, 2]), held_out)
    p = cast[0]
    names = " and ".join(q.name for q in cast)
    ask, about = rng.choice([
        ("Tell me a story.", None),
        ("Please tell me a short story", None),
        (f"Tell me a story about {names}.", names),
        (f"Tell me a story about {p.name} and {a(p.thing)}.", p.name),
        (f"Can you tell me a story about {a(f'{p.colour} {p.thing}')}?", p.thing),
    ])
    lead = f"Here is a story about {about if about != p.thing else a(f'{p.colour} {p.thing}')}.\n\n"
    told = (lead if about else "") + make_story(rng, held_out, cast)
    return begin(rng) + turn("user", ask) + turn("assistant", told)


def fact(rng: Random, p: Person) -> str:
    thing = a(p.thing)
    return rng.choice([
        f"{p.name} has {thing}. It is {p.colour}, and {p.name} keeps it {p.place}.",
        f"{p.name} has {thing}. The {p.thing} is {p.colour}. {p.name} put it {p.place}.",
        f"{p.name} found {thing}, and it is {p.colour}. {p.name} left it {p.place}.",
    ])


def question(rng: Random, p: Person, pets: bool) -> tuple[str, str]:
    forms = [
        (f"Where is the {p.thing}?", f"The {p.thing} is {mark('chat_place', p.place)}."),
        (f"Who has the {p.thing}?", f"The {p.thing} belongs to {mark('chat_owner', p.name)}."),
        (f"What colour is the {p.thing}?", f"The {p.thing} is {mark('chat_colour', p.colour)}."),
        (f"What does {p.name} have?", f"{p.name} has a {mark('chat_thing', f'{p.colour} {p.thing}')}."),
    ]
    if pets:
        forms.append((f"What is {p.name}'s {p.animal} called?",
                      f"The {p.animal} is called {mark('chat_pet', p.pet)}."))
    return rng.choice(forms)


def recall_chat(rng: Random, held_out: bool = False) -> str:
    """Facts from the user, then three to six questions about them."""
    cast = make_cast(rng, rng.choice([1, 2, 2, 3]), held_out)
    pets = rng.random() < 0.6
    told = " ".join(
        fact(rng, p) + (f" {p.name} has {a(p.animal)} called {p.pet}." if pets else "") for p in cast)
    first, *rest = [question(rng, rng.choice(cast), pets) for _ in range(rng.randint(3, 6))]
    text = begin(rng) + turn("user", f"{told} {first[0]}") + turn("assistant", first[1])
    return text + "".join(turn("user", q) + turn("assistant", r) for q, r in rest)


def make_chat(rng: Random, held_out: bool = False) -> str:
    """One marked conversation."""
    kind = rng.random()
    if kind < 0.55:
        return recall_chat(rng, held_out)
    return story_request(rng, held_out) if kind < 0.92 else small_talk(rng)
