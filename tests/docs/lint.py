"""Checks every Markdown page of the repository: lint.py [ROOT].

- no line of prose is longer than 100 columns (tables, code and headings may be);
- no line ends in a space, and no page has tabs;
- every link and image within the repository leads to a file, and its #anchor to a heading;
- every page of docs/ is linked from some other page.
"""

import re
import subprocess
import sys
from pathlib import Path

COLUMNS = 100
LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"#{1,6} +(.*)")
# Written by tablegen, in upstream's format (docs/generated/README.md).
GENERATED = ("docs/generated/CriaDialect.md", "docs/generated/CriaPasses.md")


def prose(text: str):
    """(number, line) of all lines outside of fenced and indented code."""
    fence = ""
    after_blank = True
    in_indented = False
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.match(r" {0,3}(```+|~~~+)", line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        in_indented = line.startswith("    ") and (after_blank or in_indented)
        after_blank = not line.strip()
        if not in_indented:
            yield number, line


def anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    found: dict[str, int] = {}
    for _, line in prose(page.read_text(encoding="utf-8")):
        if match := HEADING.match(line):
            name = anchor(match[1])
            found[name] = found.get(name, -1) + 1
            if found[name]:
                found[f"{name}-{found[name]}"] = 0
    return set(found)


def without_code(text: str) -> str:
    """`text` without code spans, which must end in their paragraph; lines stay in place."""
    return re.sub(r"(`+)(?:(?!\n\n).)*?\1", lambda code: "\n" * code[0].count("\n"), text, flags=re.DOTALL)


def check_line(line: str) -> list[str]:
    faults = []
    table = line.lstrip().startswith("|")
    if len(line) > COLUMNS and not table and not line.startswith("#"):
        faults.append(f"{len(line)} columns, more than {COLUMNS}")
    if line != line.rstrip():
        faults.append("trailing space")
    if "\t" in line:
        faults.append("tab")
    return faults


def check_link(root: Path, page: Path, target: str, linked: set[Path]) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return ""
    path, _, name = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return f"{target}: there is no such file"
    if not file.is_relative_to(root):
        return f"{target}: is outside of the repository"
    linked.add(file)
    if name and file.suffix == ".md" and name not in anchors(file):
        return f"{target}: there is no such heading"
    return ""


def check_page(root: Path, page: Path, linked: set[Path]) -> list[str]:
    faults, text = [], []
    for number, line in prose(page.read_text(encoding="utf-8")):
        faults += [(number, fault) for fault in check_line(line)]
        text += [(number, line)]
    whole = without_code("\n".join(line for _, line in text))  # links may span lines
    for match in LINK.finditer(whole):
        if fault := check_link(root, page, match[1], linked):
            faults.append((text[whole.count("\n", 0, match.start())][0], fault))
    return [f"{page.relative_to(root)}:{number}: {fault}" for number, fault in sorted(faults)]


def pages(root: Path) -> list[Path]:
    """All pages that git knows or would add; without git, all that lie outside of build folders."""
    listing = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard", "*.md"], cwd=root,
                             capture_output=True, text=True)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.split("\0") if name and (root / name).exists()]
    else:
        names = [str(p.relative_to(root)) for p in root.rglob("*.md")
                 if not p.relative_to(root).parts[0].startswith(("build", "."))]
    return [root / name for name in sorted(names) if name not in GENERATED]


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    linked: set[Path] = set()
    all_pages = pages(root)
    faults = [fault for page in all_pages for fault in check_page(root, page, linked)]
    faults += [f"{page.relative_to(root)}: no other page links to it" for page in all_pages
               if page.is_relative_to(root / "docs") and page not in linked
               and page.parent not in linked]
    print("\n".join(faults) or f"{len(all_pages)} pages, no faults")
    return bool(faults)


sys.exit(main())
