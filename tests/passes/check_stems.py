"""A pass has one name: cria-verb-object is passes/<group>/VerbObject.td and .cpp, and
tests/passes/<group>/verb-object.mlir.

check_stems.py PASSES TESTS
"""

import pathlib
import re
import sys


def main() -> int:
    passes, tests = map(pathlib.Path, sys.argv[1:])
    problems, count = [], 0
    for td in sorted(passes.glob("*/*.td")):
        for name, flag in re.findall(r'^def (\w+) : Pass<"([^"]*)"', td.read_text(), re.MULTILINE):
            count += 1
            stem = flag.removeprefix("cria-")
            camel = "".join(word.capitalize() for word in stem.split("-"))
            if not flag.startswith("cria-") or name != camel + "Pass" or td.stem != camel:
                problems.append(f"{td}: pass {name} with the flag {flag} is not of one stem")
            for file in (td.with_suffix(".cpp"), tests / td.parent.name / f"{stem}.mlir"):
                if not file.exists():
                    problems.append(f"{td}: {flag} has no {file}")
    print("\n".join(problems) or f"{count} passes, each with one name and a test")
    return 1 if problems or not count else 0


sys.exit(main())
