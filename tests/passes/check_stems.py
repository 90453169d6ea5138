"""A pass has one name: cria-verb-object is VerbObjectPass, passes/<group>/VerbObject.cpp with a .td beside it, and
tests/passes/<group>/verb-object.mlir. A fusion is cria-fuse-<name>, whose records share Fusions.td. Any other source
in passes/ has a test of its own name: tests/passes/<group>/<stem>.mlir or tests/unit/passes/<Stem>Test.cpp. Parts of
a pass that have a folder of their own, passes/<group>/<parts>/, are tested through the pass.

check_stems.py SOURCE_ROOT
"""

import pathlib
import re
import sys

PASS = re.compile(r'^def (\w+) : (Pass|Fusion)<"([^"]*)"', re.MULTILINE)
# Tables and lists: the tests of phases and tools are theirs.
TABLES = {"Phases", "Fusions"}


def kebab(camel: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", camel).lower()


def main() -> int:
    (root,) = map(pathlib.Path, sys.argv[1:])
    passes, tests, units = root / "passes", root / "tests/passes", root / "tests/unit/passes"
    problems, found = [], set()

    def require(td: pathlib.Path, flag: str, *files: pathlib.Path) -> None:
        problems.extend(f"{td}: {flag} has no {file}" for file in files if not file.exists())

    for td in sorted(passes.glob("*/*.td")):
        for name, kind, switch in PASS.findall(td.read_text()):
            stem = switch if kind == "Fusion" else switch.removeprefix("cria-")
            camel = "".join(word.capitalize() for word in stem.split("-"))
            well_named = kind == "Fusion" or (switch.startswith("cria-") and td.stem == camel)
            if not well_named or name != camel + "Pass":
                problems.append(f"{td}: pass {name} with the flag {switch} is not of one stem")
            require(td, switch, td.with_name(camel + ".cpp"), tests / td.parent.name / f"{stem}.mlir")
            found.add(camel)
    for source in sorted(passes.glob("*.cpp")) + sorted(passes.glob("*/*.cpp")):
        stem = source.stem
        if stem not in found | TABLES and not (tests / source.parent.name / f"{kebab(stem)}.mlir").exists():
            require(source, "it", units / f"{stem}Test.cpp")
    # Nothing that the pattern above overlooks: each pass that is registered has a description.
    declared = sum(text.count("let description") for text in (td.read_text() for td in passes.glob("*/*.td")))
    if declared != len(found):
        problems.append(f"{len(found)} passes were found, but {declared} are described")
    print("\n".join(problems) or f"{len(found)} passes, each with one name and a test")
    return 1 if problems or not found else 0


sys.exit(main())
