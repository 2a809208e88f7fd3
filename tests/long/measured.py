# SPDX-License-Identifier: MIT
"""What a process of a desk holds, and where the test report gets its figures."""

import pathlib


def descriptors(pid):
    return len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))


def memory_kib(pid):
    """What is this process's alone: pages of guests and of libraries are others'."""
    total = 0
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(("Private_Clean:", "Private_Dirty:")):
            total += int(line.split()[1])
    return total


def processes(folder, program):
    """Those of that program name that name this desk's folder in their arguments."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if pathlib.Path(words[0]).name == program and any(str(folder) in word for word in words):
            found[int(entry.name)] = words
    return found


class Report:
    """Checks and figures, as lines while it runs and as a table at the end."""

    def __init__(self):
        self.rows = []
        self.passed = self.failed = 0

    def check(self, what, holds, figure=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        self.rows.append((what, str(figure), "yes" if holds else "**no**"))
        print(f"{'ok' if holds else 'FAILED'}: {what}{': ' if figure else ''}{figure}", flush=True)

    def table(self):
        lines = ["| what | figure | holds |", "|---|---|---|"]
        return "\n".join(lines + [f"| {' | '.join(row)} |" for row in self.rows]) + "\n"
