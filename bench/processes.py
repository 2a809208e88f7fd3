# SPDX-License-Identifier: MIT
"""What the kernel counts of processes: CPU time, context switches, system calls.

A Group is processes by the part that they play: {"compositor": [pid], "warden": [pid], ...}.
"""

import pathlib
import re
import signal
import subprocess
import tempfile

PROC = pathlib.Path("/proc")


def name_of(pid):
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def descendants(pid):
    """Of one process, at any depth; without itself."""
    children = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            # The name stands in parentheses and may hold anything.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        for child in children.get(todo.pop(), ()):
            found.append(child)
            todo.append(child)
    return found


def _of_threads(pid, file, read):
    total = 0
    for path in (PROC / str(pid) / "task").glob(f"*/{file}"):
        try:
            total += read(path.read_text())
        except (FileNotFoundError, ProcessLookupError):
            pass  # that thread ended
    return total


def cpu_ns(pid):
    return _of_threads(pid, "schedstat", lambda text: int(text.split()[0]))


def switches(pid):
    """Voluntary and not: how often it went to sleep or was put aside."""
    return _of_threads(
        pid, "status", lambda text: sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", text)))
    )


def reading(group, counter):
    return {part: sum(map(counter, pids)) for part, pids in group.items()}


def difference(after, before):
    return {part: after[part] - before.get(part, 0) for part in after}


class CountedCalls:
    """Counts the system calls of a group, by strace, while the `with` lasts. `calls` is None where
    the machine allows no tracing."""

    def __init__(self, group):
        self.group = group
        self.calls = {}
        self.folder = tempfile.TemporaryDirectory(prefix="bench-calls-")
        self.tracers = {}

    def __enter__(self):
        for part, pids in self.group.items():
            if not pids:
                continue
            out = pathlib.Path(self.folder.name) / part
            words = ["strace", "-f", "-c", "-U", "calls,name", "-o", str(out)]
            for pid in pids:
                words += ["-p", str(pid)]
            process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
            # It says "Process N attached" for each thread; one line is enough to know.
            if "attached" not in process.stderr.readline():
                self.calls = None
            self.tracers[part] = process
        return self

    def __exit__(self, *_):
        for part, process in self.tracers.items():
            process.send_signal(signal.SIGINT)
            process.communicate()
            if self.calls is not None:
                self.calls[part] = self.parse((pathlib.Path(self.folder.name) / part).read_text())
        self.folder.cleanup()

    @staticmethod
    def parse(text):
        """{name: calls}; the last line is their sum."""
        found = re.findall(r"^\s*(\d+)\s+(\w+)\s*$", text, re.MULTILINE)
        return {name: int(count) for count, name in found if name != "total"}
