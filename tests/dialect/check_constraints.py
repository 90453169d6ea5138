"""Every numbered constraint in ODS has a negative test that expects its id.

check_constraints.py DIALECT TESTS: the folder with the .td files, and of <op>/invalid.mlir.
"""

import pathlib
import re
import sys


def main() -> int:
    dialect, tests = map(pathlib.Path, sys.argv[1:])
    declared = re.compile(r"^ *- \((\w+_c\d+)\)", re.MULTILINE)
    expected = re.compile(r"expected-error.*\{\{(\w+_c\d+):")
    constraints = [i for td in sorted(dialect.rglob("*.td")) for i in declared.findall(td.read_text())]
    tested = {i for test in tests.glob("*/invalid.mlir") for i in expected.findall(test.read_text())}

    problems = [f"{i} has no case in {tests}/*/invalid.mlir" for i in constraints if i not in tested]
    problems += [f"{i} is tested but nothing declares it" for i in sorted(tested - set(constraints))]
    problems += [f"{i} is declared twice" for i in set(constraints) if constraints.count(i) > 1]
    if not constraints:
        problems.append(f"no constraints found in {dialect}")
    print("\n".join(problems) or f"{len(constraints)} constraints, all tested")
    return 1 if problems else 0


sys.exit(main())
