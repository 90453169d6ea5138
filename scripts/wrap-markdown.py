"""Wraps the prose of Markdown pages at 100 columns, in place: wrap-markdown.py PAGE...

Tables, headings, quotes, HTML and code stay as they are, and so do the words: only white space moves.
Code spans and links are never split over lines.
"""

import re
import sys
from pathlib import Path

COLUMNS = 100
FENCE = re.compile(r" *(```+|~~~+)")
FIXED = re.compile(r" *\||#|<|>")
ITEM = re.compile(r"( *)([-*:]|\d+\.) +(.*)")
WORD = re.compile(r"(?:(`+)(?:(?!\1).)*\1|\[[^\]]*\]\([^)]*\)|\S)+")


def wrapped(words: list[str], first: str, rest: str) -> list[str]:
    lines = [first + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > COLUMNS:
            lines.append(rest + word)
        else:
            lines[-1] += " " + word
    return lines


class Page:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.paragraph: list[str] = []
        self.first = self.rest = ""
        self.item = 0  # indentation of the text of the last list item

    def end_paragraph(self) -> None:
        if self.paragraph:
            words = [match[0] for match in WORD.finditer(" ".join(self.paragraph))]
            self.lines += wrapped(words, self.first, self.rest)
            self.paragraph = []

    def keep(self, line: str) -> None:
        self.end_paragraph()
        self.lines.append(line)

    def begin(self, first: str, text: str) -> None:
        self.end_paragraph()
        self.first, self.rest = first, " " * len(first)
        self.paragraph = [text.strip()]

    def add(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            self.keep("")
        elif FIXED.match(line):
            self.keep(line)
            self.item = 0 if line.startswith("#") else self.item
        elif not self.paragraph and indent >= (self.item + 4 if self.item else 4):
            self.keep(line)  # indented code
        elif match := ITEM.match(line):
            self.item = len(match[1]) + len(match[2]) + 1
            self.begin(f"{match[1]}{match[2]} ", match[3])
        elif self.paragraph:
            self.paragraph.append(line.strip())
        else:
            self.item = self.item if indent else 0
            self.begin(" " * (self.item or indent), line)


def wrap(text: str) -> str:
    page, fence = Page(), ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if fence or mark:
            page.keep(line)
            if not fence:
                fence = mark[1]
            elif mark and mark[1].startswith(fence):
                fence = ""
        else:
            page.add(line)
    page.end_paragraph()
    return "\n".join(page.lines)


def main() -> None:
    for path in map(Path, sys.argv[1:]):
        before = path.read_text(encoding="utf-8")
        after = wrap(before)
        assert before.split() == after.split(), f"{path}: would lose words"
        if after != before:
            path.write_text(after, encoding="utf-8")


main()
