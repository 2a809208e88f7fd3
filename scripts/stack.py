#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What docs/stack.md says is so.

stack.py: .gitmodules and the recorded commits name the same submodules. Reads the index, not the
folders: nothing under hypervisor/ needs to be checked out.

stack.py --packages: the packages that come with ours, read from the standard input as lines
"PACKAGE OTHER MARK" (scripts/comes-with.sh), are those of its table.
"""

import re
import subprocess
import sys


def git(*arguments):
    return subprocess.run(("git", *arguments), check=True, capture_output=True, text=True).stdout


def recorded():
    """path: commit, of every gitlink in the index."""
    rows = (line.split(maxsplit=3) for line in git("ls-files", "--stage").splitlines())
    return {path: commit for mode, commit, _, path in rows if mode == "160000"}


def documented():
    with open("docs/stack.md", encoding="utf-8") as document:
        rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([0-9a-f]{40}) \|", document.read(), re.MULTILINE)
    return dict(rows)


def settings(key):
    """path: value of KEY, of every entry in .gitmodules."""
    names = git("config", "--file", ".gitmodules", "--get-regexp", rf"^submodule\..*\.{key}$")
    return {line.split(".", 1)[1].rsplit(f".{key} ", 1)[0]: line.rsplit(" ", 1)[1] for line in names.splitlines()}


def complaints():
    commits, rows = recorded(), documented()
    for path in sorted(commits.keys() | rows.keys()):
        if commits.get(path) != rows.get(path):
            yield f"{path}: recorded {commits.get(path)}, docs/stack.md says {rows.get(path)}"
    for key, wanted in (("path", None), ("url", r"https://github\.com/.+\.git"), ("update", "none")):
        values = settings(key)
        for path in sorted(commits.keys() | values.keys()):
            if not re.fullmatch(wanted or re.escape(path), values.get(path, "")):
                yield f".gitmodules: {path}: {key} is {values.get(path)}"
    if not commits:
        yield "no submodule is recorded"


def package_complaints():
    found = {tuple(line.split()) for line in sys.stdin}
    with open("docs/stack.md", encoding="utf-8") as document:
        section = document.read().split("## What comes with the packages", 1)[-1]
    heading, *rows = re.findall(r"^\| (\S+) \| (\S*) ?\| (\S*) ?\| (.+) \|$", section, re.MULTILINE)
    listed = {
        (ours, name, mark) for name, *marks, _ in rows for ours, mark in zip(heading[1:3], marks) if mark
    }
    if not found:
        yield "apt would install nothing: is that so?"
    for ours, name, mark in sorted(found - listed):
        yield f"{ours} brings {name} ({mark}), which docs/stack.md does not list so"
    for ours, name, mark in sorted(listed - found):
        yield f"docs/stack.md lists {name} ({mark}), which {ours} does not bring so"


def main():
    found = list(package_complaints() if sys.argv[1:] == ["--packages"] else complaints())
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
