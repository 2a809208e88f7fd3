#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""stack.py: docs/stack.md, .gitmodules and the recorded commits name the same submodules.

Reads the index, not the folders: nothing under hypervisor/ needs to be checked out.
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


def main():
    found = list(complaints())
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
