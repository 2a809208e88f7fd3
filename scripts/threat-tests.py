#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every test that docs/threat-model.md names is there.

The last column of its tables is read: `KIND: NAME; NAME; KIND: NAME`. A NAME is how a test's title
begins (what stands in parentheses behind it is for people), a `file` of tests, a fuzz target, or a
scenario of the Xen tier.
"""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
MODEL = SOURCE / "docs/threat-model.md"
FOLDERS = {"unit": "tests/unit", "desk": "tests/integration", "hostile": "tests/hostile",
           "agent": "tests/agent"}
STRING = r'"((?:[^"\\]|\\.)*)"'


def titles(folder):
    found = []
    for file in sorted((SOURCE / folder).rglob("*.cpp")):
        for case in re.finditer(rf"TEST_CASE(?:_METHOD\([^,]+,|\()\s*((?:{STRING}\s*)+)", file.read_text()):
            found.append("".join(re.findall(STRING, case.group(1))))
    return found


def fuzz_targets():
    text = (SOURCE / "tests/fuzz/meson.build").read_text()
    return set(re.findall(r"executable\('(fuzz-[a-z-]+[a-z])'", text)) | {
        "fuzz-" + name for name in re.findall(r"^ +'([a-z-]+)': \[", text, re.MULTILINE)}


def xen_scenarios():
    text = (SOURCE / "tests/xen/dom0/scenarios").read_text()
    found = set(re.findall(r"scenario ([a-z0-9-]+)", text))
    # Scenarios in a loop over attempts: hole-$attempt.
    for loop, names in re.findall(r"for (\w+) in ([a-z -]+); do", text):
        for prefix in re.findall(rf'scenario "([a-z-]*)\${loop}"', text):
            found |= {prefix + name for name in names.split()}
    text = (SOURCE / "tests/xen/session_scenarios.py").read_text()
    listed = re.search(r"^SCENARIOS = \[(.*?)\]", text, re.DOTALL | re.MULTILINE)[1]
    return found | {"session-" + name.replace("_", "-") for name in re.findall(r"\w+", listed)}


def rows():
    """Line number and last cell of each row of a table."""
    for number, line in enumerate(MODEL.read_text().splitlines(), 1):
        if line.startswith("| ") and not line.startswith(("| attack ", "|---")):
            yield number, line.rstrip(" |").rsplit(" | ", 1)[1]


def main():
    known = {kind: titles(folder) for kind, folder in FOLDERS.items()}
    exact = {"fuzz": fuzz_targets(), "xen": xen_scenarios()}
    missing = []
    for number, cell in rows():
        kind = None
        for part in cell.split("; "):
            if named := re.match(rf"({'|'.join([*known, *exact])}): ", part):
                kind, part = named.group(1), part[named.end():]
            name = re.sub(r" \([^()]*\)$", "", part)
            if kind in exact:
                there = name in exact[kind]
            elif kind and re.fullmatch(r"`[^`]+`", name):
                there = (SOURCE / FOLDERS[kind] / name.strip("`")).is_file()
            else:
                there = kind and any(title.startswith(name) for title in known[kind])
            if not there:
                missing.append(f"docs/threat-model.md:{number}: no such test: {kind}: {name}")
    print(*missing, sep="\n", end="\n" if missing else "")
    return 1 if missing else 0


sys.exit(main())
