#!/usr/bin/env python3
"""Writes the Unicode tables of the tokenizer, by asking Hugging Face `tokenizers` about every character.

    pip install tokenizers==0.23.3
    python scripts/unicode_tables.py

`tokenizers` draws on several engines, each with a version of Unicode of its own: Oniguruma for patterns, Rust's
standard library for digits, white space and lower case, crates for punctuation and normalization forms. The tables hold
their answers, so that text is split as they split it, whatever Unicode this machine knows.
"""

import unicodedata
from pathlib import Path

from tokenizers import Regex, normalizers, pre_tokenizers

ROOT = Path(__file__).parent.parent
CODES = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
EVERYTHING = "".join(map(chr, CODES))

CATEGORIES = ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
              "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn"]
SCRIPTS = ["Arabic", "Armenian", "Bengali", "Bopomofo", "Common", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek",
           "Gujarati", "Gurmukhi", "Han", "Hangul", "Hebrew", "Hiragana", "Inherited", "Kannada", "Katakana", "Khmer", "Lao",
           "Latin", "Malayalam", "Mongolian", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai", "Tibetan"]
PATTERNS = {"word": r"\w", "space": r"\s", "alphabetic": r"\p{Alphabetic}", "emoji": r"\p{Emoji}",
            "posixpunct": "[[:punct:]]", "posixgraph": "[[:graph:]]", "posixprint": "[[:print:]]",
            "posixupper": "[[:upper:]]", "posixlower": "[[:lower:]]"}

Ranges = list[tuple[int, int]]


def ranges(codes: list[int]) -> Ranges:
    """Runs of code points; the gap of the surrogates, which no text has, does not end a run."""
    out: Ranges = []
    for code in codes:
        if out and (code == out[-1][1] + 1 or (out[-1][1] == 0xD7FF and code == 0xE000)):
            out[-1] = (out[-1][0], code)
        else:
            out.append((code, code))
    return out


def outside(pieces: list) -> set[int]:
    """The characters of EVERYTHING that lie in the pieces."""
    return {code for _, (begin, end) in pieces for code in CODES[begin:end]}


def matched(pattern: str) -> list[int]:
    """The characters that a pattern of one character matches."""
    left = outside(pre_tokenizers.Split(Regex(f"(?:{pattern})+"), "removed").pre_tokenize_str(EVERYTHING))
    return [code for code in CODES if code not in left]


def removed(step) -> list[int]:
    left = outside(step.pre_tokenize_str(EVERYTHING))
    return [code for code in CODES if code not in left]


def numeric() -> list[int]:
    """Digits(individual_digits=False) puts them into pieces of their own."""
    pieces = pre_tokenizers.Digits(False).pre_tokenize_str("".join(f"a{chr(code)}" for code in CODES))
    text_ends = {end for _, (_, end) in pieces}
    return [code for i, code in enumerate(CODES) if 2 * i + 1 in text_ends]


def rust_word() -> list[int]:
    """A word character and a sign become two pieces of Whitespace; two signs one, white space none."""
    pieces = pre_tokenizers.Whitespace().pre_tokenize_str("".join(f"{chr(code)}! " for code in CODES))
    spans = {span for _, span in pieces}
    return [code for i, code in enumerate(CODES) if (3 * i, 3 * i + 1) in spans]


def mappings(normalizer) -> dict[int, list[int]]:
    out = {}
    for code in CODES:
        text = normalizer.normalize_str(chr(code))
        if text != chr(code):
            out[code] = list(map(ord, text))
    return out


def is_hangul(code: int) -> bool:
    return 0xAC00 <= code < 0xD7A4


def compositions(canonical: dict[int, list[int]]) -> list[tuple[int, int, int]]:
    nfc = normalizers.NFC()
    out = []
    for code, parts in canonical.items():
        if is_hangul(code) or len(parts) < 2:
            continue
        single = [int(part, 16) for part in unicodedata.decomposition(chr(code)).split()]
        first = chr(single[0]) if single else nfc.normalize_str("".join(map(chr, parts[:-1])))
        if len(first) == 1 and nfc.normalize_str(first + chr(parts[-1])) == chr(code):
            out.append((ord(first), parts[-1], code))
    return sorted(out)


def marks() -> list[tuple[int, int]]:
    """Marks and the ranks of their classes, found by what NFD puts in order."""
    nfd = normalizers.NFD()

    def swaps(first: str, second: str) -> bool:
        return first != second and nfd.normalize_str("a" + first + second) == "a" + second + first

    low, high = "\u0334", "\u0345"  # the least and the greatest class
    found = [chr(code) for code in CODES
             if len(nfd.normalize_str(chr(code))) == 1 and (swaps(high, chr(code)) or swaps(chr(code), low))]
    known: list[str] = []  # one mark of each class, in their order
    rank = {}
    for c in [*found, high]:
        if not any(not swaps(c, mark) and not swaps(mark, c) for mark in known):
            known.insert(sum(swaps(c, mark) for mark in known), c)
    for c in sorted({*found, high}):
        rank[c] = next(i for i, mark in enumerate(known) if not swaps(c, mark) and not swaps(mark, c))
    return [(ord(c), i + 1) for c, i in rank.items()]


HEADER = """//===- {name} - {what}===//
//
// Written by scripts/unicode_tables.py. Do not edit.
//
//===----------------------------------------------------------------------===//
// clang-format off
"""


def rows(cells: list[str]) -> str:
    """Cells in lines of at most 100 characters."""
    lines, line = [], "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {cell},"
    return "\n".join(lines + [line])


def table(kind: str, name: str, cells: list[str]) -> str:
    return f"constexpr {kind} {name}[] = {{\n{rows(cells)}\n}};\n"


def write(path: Path, what: str, body: str) -> None:
    head = HEADER.format(name=path.name, what=(what + " ").ljust(80 - len(path.name) - 17, "-"))
    path.write_text(head + body)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


def write_sets(path: Path) -> None:
    category = {}
    for i, name in enumerate(CATEGORIES):
        for code in matched(rf"\p{{{name}}}"):
            category[code] = i
    runs = []
    for code in CODES:
        if runs and runs[-1][1] == category[code]:
            runs[-1] = (code, runs[-1][1])
        else:
            runs.append((code, category[code]))
    sets = {name.lower(): matched(rf"\p{{{name}}}") for name in SCRIPTS}
    sets |= {name: matched(pattern) for name, pattern in PATTERNS.items()}
    sets |= {"rustword": rust_word(), "rustnumeric": numeric(), "rustspace": removed(pre_tokenizers.WhitespaceSplit()),
             "rustpunctuation": removed(pre_tokenizers.Punctuation("removed"))}
    body = '#include "import/tokenizer/UnicodeData.h"\n\nnamespace cria::import::unicode {\nnamespace {\n\n'
    body += table("Run", "runs", [f"{{0x{last:x}, {i}}}" for last, i in runs])
    body += table("std::string_view", "names", [f'"{name}"' for name in CATEGORIES])
    for name, codes in sets.items():
        body += table("Range", f"{name}Ranges", [f"{{0x{a:x}, 0x{b:x}}}" for a, b in ranges(codes)])
    body += table("NamedSet", "sets", [f'{{"{name}", {name}Ranges}}' for name in sorted(sets)])
    body += """
} // namespace

std::span<const Run> categoryRuns() { return runs; }
std::span<const std::string_view> categoryNames() { return names; }
std::span<const NamedSet> namedSets() { return sets; }

} // namespace cria::import::unicode
"""
    write(path, "Characters by property", body)


def write_forms(path: Path) -> None:
    canonical, compatibility = mappings(normalizers.NFD()), mappings(normalizers.NFKD())
    tables = {"canonicalMap": canonical,
              "compatibilityMap": {c: t for c, t in compatibility.items() if canonical.get(c) != t},
              "lowercaseMap": mappings(normalizers.Lowercase())}
    texts: list[int] = []
    where: dict[tuple[int, ...], int] = {}
    body = '#include "runtime/tokenizer/UnicodeTables.h"\n\nnamespace cria::rt::unicode {\nnamespace {\n\n'
    for name, entries in tables.items():
        cells = []
        for code, parts in entries.items():
            if is_hangul(code):
                continue
            if tuple(parts) not in where:
                where[tuple(parts)] = len(texts)
                texts += parts
            cells.append(f"{{0x{code:x}, {where[tuple(parts)]}, {len(parts)}}}")
        body += table("Mapping", name, cells)
    assert len(texts) < 1 << 16
    body += table("char32_t", "textList", [f"0x{code:x}" for code in texts])
    body += table("Pair", "pairs", [f"{{0x{a:x}, 0x{b:x}, 0x{c:x}}}" for a, b, c in compositions(canonical)])
    body += table("Mark", "markList", [f"{{0x{code:x}, {value}}}" for code, value in marks()])
    body += """
} // namespace

std::span<const Mapping> canonical() { return canonicalMap; }
std::span<const Mapping> compatibility() { return compatibilityMap; }
std::span<const Mapping> lowercase() { return lowercaseMap; }
std::span<const char32_t> texts() { return textList; }
std::span<const Pair> compositions() { return pairs; }
std::span<const Mark> marks() { return markList; }

} // namespace cria::rt::unicode
"""
    write(path, "Characters and what they become", body)


if __name__ == "__main__":
    write_sets(ROOT / "lib/import/tokenizer/UnicodeData.cpp")
    write_forms(ROOT / "lib/runtime/tokenizer/UnicodeTables.cpp")
