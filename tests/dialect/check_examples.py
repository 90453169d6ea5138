"""Every example in ODS is in a syntax test, where it is parsed and printed.

check_examples.py DIALECT TESTS: the folder with the .td files, and of <op>/syntax.mlir.
Comments and white space do not count.
"""

import pathlib
import re
import sys


def normalized(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"//.*", "", text))


def main() -> int:
    dialect, tests = map(pathlib.Path, sys.argv[1:])
    syntax = "".join(normalized(test.read_text()) for test in tests.glob("*/syntax.mlir"))
    examples = [
        (td.name, example)
        for td in sorted(dialect.rglob("*.td"))
        for example in re.findall(r"```mlir\n(.*?)```", td.read_text(), re.DOTALL)
    ]
    missing = 0
    for name, example in examples:
        # Each statement of an example may stand in a function of its own.
        for statement in re.split(r"\n(?=    [%c#])", example.rstrip()):
            if normalized(statement) not in syntax:
                print(f"{name}: this example is in no {tests}/*/syntax.mlir:\n{statement}")
                missing += 1
    if not examples:
        print(f"no examples found in {dialect}")
    else:
        print(f"{len(examples)} examples, {missing} statements not tested")
    return 1 if missing or not examples else 0


sys.exit(main())
