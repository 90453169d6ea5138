"""Adds up the results of test runs: summary.py RESULTS.xml ..., as ctest and lit write them."""

import sys
import xml.etree.ElementTree as xml


def main() -> int:
    counts = {"tests": 0, "failures": 0, "skipped": 0, "disabled": 0}
    for path in sys.argv[1:]:
        for suite in xml.parse(path).getroot().iter("testsuite"):
            for name in counts:
                counts[name] += int(suite.get(name, 0))
    failed, skipped = counts["failures"], counts["skipped"] + counts["disabled"]
    passed = counts["tests"] - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


sys.exit(main())
