"""Cells of the comparison."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """`tokens` tokens after `context` others, one at a time (decode) or as a prompt (prefill)."""

    dtype: str
    entry: str
    context: int
    tokens: int
    threads: int

    def what(self) -> str:
        return f"decode at context {self.context}" if self.entry == "decode" else f"prefill of {self.tokens}"

    def __str__(self) -> str:
        return f"{self.dtype} {self.what()}, {self.threads} thread{'s' if self.threads > 1 else ''}"
