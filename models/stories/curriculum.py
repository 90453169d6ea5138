"""The training curriculum: short rows first, on which recall is learnt in minutes; otherwise it is not learnt."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from chat_text import make_chat, recall_chat
from drill_text import make_drill, make_short_drill
from list_text import make_list, make_loose_list
from story_text import make_story

Maker = Callable[[Random, bool], str]  # writes one marked document, from held-out or training facts


@dataclass
class Stage:
    """A stage of the training."""

    until: float  # fraction of all steps at which it ends
    length: int  # tokens per row
    makers: dict[Maker, float]  # their fractions of the documents

    def documents(self, seed: int, count: int, held_out: bool = False) -> list[str]:
        rng = Random(seed)
        makers = rng.choices(list(self.makers), list(self.makers.values()), k=count)
        return [make(rng, held_out) for make in makers]


EVERYTHING = {make_story: 0.55, make_chat: 0.35, make_drill: 0.1}
STAGES = [
    Stage(0.06, 24, {make_list: 1.0}),
    Stage(0.13, 40, {make_loose_list: 0.9, make_list: 0.1}),
    Stage(0.26, 56, {make_short_drill: 0.7, make_loose_list: 0.3}),
    Stage(0.40, 128, {make_drill: 0.6, recall_chat: 0.4}),
    Stage(0.70, 256, EVERYTHING),
    Stage(1.00, 512, EVERYTHING),
]
