#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Folders include only what CONTRIBUTING.md's table of the layout says that they do."""

import pathlib
import re
import subprocess
import sys

REST = "all but "


def table():
    """folder: the folders that it may include files of."""
    with open("CONTRIBUTING.md", encoding="utf-8") as document:
        rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| ([^|]*)\|$", document.read(), re.MULTILINE)
    folders = {folder: cell.strip() for names, cell in rows for folder in re.findall(r"`([^`]+)/`", names)}

    def named(words):
        short = re.split(r", | and ", words) if words else []
        return {folder for folder in folders if folder in short or folder.rsplit("/", 1)[-1] in short}

    return {
        folder: set(folders) - named(cell[len(REST):]) if cell.startswith(REST) else named(cell)
        for folder, cell in folders.items()
    }


def complaints():
    allowed = table()
    # The longest first: compositor/ is the program's own, not all that lies below it.
    by_depth = sorted(allowed, key=len, reverse=True)

    def folder_of(path):
        return next((folder for folder in by_depth if path.startswith(f"{folder}/")), None)

    files = subprocess.run(("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.cpp", "*.hpp"),
                           check=True, capture_output=True, text=True).stdout.split()
    for path in files:
        folder = folder_of(path)
        if folder is None:
            yield f"{path}: no folder of the table"
        elif folder.split("/")[0] not in ("tests", "bench", "demo") and pathlib.Path(path).exists():
            for included in re.findall(r'^#include "([^"]+)"', pathlib.Path(path).read_text("utf-8"), re.MULTILINE):
                of = folder_of(included)
                if of not in (None, folder) and of not in allowed[folder]:
                    yield f"{path} includes {included}: {folder} does not depend on {of}"


def main():
    found = list(complaints())
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
