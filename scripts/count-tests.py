#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints `N passed, N failed` for the records in a folder, and what failed.

A record is a file of JSON lines as `meson test` writes it. A Catch2 program
counts as its test cases, any other test as one.
"""

import json
import pathlib
import re
import sys

ALL_PASSED = re.compile(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)", re.M)
SOME_FAILED = re.compile(r"^test cases: +\d+ \|(.*)$", re.M)
PART = re.compile(r"(\d+) (passed|failed|skipped)")
PASSED = {"OK", "EXPECTEDFAIL"}


def count(test):
    """(passed, failed, skipped) of one record."""
    output = test.get("stdout") or ""
    result = test["result"]
    if result == "SKIP":
        return 0, 0, 1
    if match := ALL_PASSED.search(output):
        cases = int(match[1])
        # All passed and yet it failed: it died on the way out.
        return (cases, 0, 0) if result in PASSED else (cases, 1, 0)
    if match := SOME_FAILED.search(output):
        parts = {name: int(number) for number, name in PART.findall(match[1])}
        failed = parts.get("failed", 0)
        if result not in PASSED:
            failed = max(failed, 1)
        return parts.get("passed", 0), failed, parts.get("skipped", 0)
    return (1, 0, 0) if result in PASSED else (0, 1, 0)


def main():
    passed = failed = skipped = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            one = count(test)
            passed += one[0]
            failed += one[1]
            skipped += one[2]
            if one[1]:
                print(f"failed: {test['name']} ({path.stem}, {test['result'].lower()})")
    if skipped:
        print(f"not run here: {skipped}")
    print(f"{passed} passed, {failed} failed")
    # No test at all is no success.
    return 1 if failed or not passed else 0


sys.exit(main())
