"""What a case is, and where all of them are."""

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).parent
GOLDENS = HERE / "../goldens/peers.json"
MESSAGES = HERE / "messages.json"  # of criac, by the name of the case


@dataclass
class Case:
    """One way in which people have their files. `change` makes it of a good model (see tiny.py)."""

    name: str
    what: str  # for users, in docs/import.md
    change: Callable = lambda model: None
    source: str = ""  # where it was met: PROJECT#NUMBER
    refused: tuple[str, ...] = ()  # what the error says; not refused if empty
    warns: tuple[str, ...] = ()  # what warnings say, one each
    path: str = ""  # what is given to criac, in the folder
    peer: Callable | None = None  # the same model in a form that transformers reads, where it refuses this one
    tokens: int = 12  # of the prompt
    kind: str = ""


def prompt(case: Case) -> list[int]:
    return [(7 * i + 1) % 48 for i in range(case.tokens)]


def all_cases() -> list[Case]:
    """By the files of cases/, whose first line is the kind."""
    cases = []
    sys.path.insert(0, str(HERE / "cases"))
    for stem in ("config", "rope", "architecture", "tensors", "shards", "folders"):
        module = importlib.import_module(stem)
        for case in module.CASES:
            case.kind = module.__doc__.splitlines()[0]
            cases.append(case)
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases have one name"
    return cases
