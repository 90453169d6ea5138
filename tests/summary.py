"""Adds up the results of test runs: summary.py RESULTS.xml ..., as ctest, lit and scripts/tidy write them.

Prints the slowest tests, and in the last line how many passed.
"""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

SLOWEST = 10


def main() -> int:
    counts = {"tests": 0, "failures": 0, "skipped": 0, "disabled": 0}
    times = []
    for path in map(Path, sys.argv[1:]):
        if not path.exists():  # a run that did not come to its end
            print(f"{path}: is missing")
            counts["tests"] += 1
            counts["failures"] += 1
            continue
        for suite in xml.parse(path).getroot().iter("testsuite"):
            for name in counts:
                counts[name] += int(suite.get(name, 0))
            times += [(float(case.get("time", 0)), case.get("name"), path.parent.name)
                      for case in suite.iter("testcase")]
    print(f"\nThe slowest of {sum(seconds for seconds, _, _ in times):.0f} s of tests:")
    for seconds, name, where in sorted(times, reverse=True)[:SLOWEST]:
        print(f"{seconds:8.1f} s  {where}  {name}")
    failed, skipped = counts["failures"], counts["skipped"] + counts["disabled"]
    passed = counts["tests"] - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


sys.exit(main())
