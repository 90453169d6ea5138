"""A bad input, and what is expected of it."""

from dataclasses import dataclass
from typing import Callable


@dataclass
class Case:
    """Arguments may have {folder}, the model; {out}, an empty folder; {new}, a file not there yet; and {full}, a
    device without space."""

    name: str
    says: list[str]
    change: Callable = lambda folder: None
    args: tuple[str, ...] = ()
    output: str = "{new}"  # of criac
    full_disk: bool = False  # files may not grow
    stdout: str | None = None  # a file for standard output
    model: str = "{folder}"  # what criac gets
