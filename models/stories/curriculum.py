"""What the model reads, and when: recall is learnt on short rows first, within minutes, and not otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from chat_text import make_chat, recall_chat
from drill_text import make_drill, make_list, make_short_drill
from story_text import make_story

Maker = Callable[[Random, bool], str]  # writes one marked document, of held-out facts or of the others


@dataclass
class Stage:
    """A share of the training."""

    until: float  # the share of all steps at which it ends
    length: int  # tokens in a row
    makers: dict[Maker, float]  # their shares of the documents

    def documents(self, seed: int, count: int, held_out: bool = False) -> list[str]:
        rng = Random(seed)
        makers = rng.choices(list(self.makers), list(self.makers.values()), k=count)
        return [make(rng, held_out) for make in makers]


EVERYTHING = {make_story: 0.55, make_chat: 0.35, make_drill: 0.1}
STAGES = [
    Stage(0.08, 24, {make_list: 1.0}),
    Stage(0.20, 48, {make_short_drill: 0.8, make_list: 0.2}),
    Stage(0.35, 128, {make_drill: 0.6, recall_chat: 0.4}),
    Stage(0.85, 256, EVERYTHING),
    Stage(1.00, 512, EVERYTHING),
]
