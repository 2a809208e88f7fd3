# SPDX-License-Identifier: MIT
"""Two animating windows of two domains on one output of 60 Hz: does each get every refresh?

Counted against the refreshes of that output in the same time, because wlroots' headless output at
60 Hz has a timer of 16 whole milliseconds, which it starts anew when it has drawn. A nested output has
the refreshes that its host gives: as many as one program alone on that host, which is measured first.
"""

import os

from sides import Cage, Leadlight, report_of, skip_to, start_painter

DOMAINS = ("work", "untrusted")
SIZE = "--size=800x600"


class Host(Cage):
    """A compositor with a headless output of 60 Hz, to nest in."""

    def __init__(self):
        super().__init__(1920, 1080)
        self.set_mode("1920x1080@60Hz")


def measure(seconds, tell):
    tell("headless")
    rows = [animate("headless", seconds)]
    tell("nested in cage")
    host = Host()
    try:
        socket = str(host.folder / host.environment["WAYLAND_DISPLAY"])
        open_to_all(host.folder, socket)
        alone = report_of(start_painter(host.environment, "--size=1920x1080", f"--seconds={seconds}", "--warm-up=1"))
        row = animate("wayland", seconds, WAYLAND_DISPLAY=socket)
        rows.append(row | {"host_per_second": alone["frames"] / alone["seconds"]})
    finally:
        host.stop()
    return rows


def open_to_all(*paths):
    """The desk runs as an ordinary user, and its host as the one who started this."""
    for path in paths:
        os.chmod(path, 0o777)


def animate(backend, seconds, **environment):
    side = Leadlight(1920, 1080, hz=60, domains=DOMAINS, backend=backend, **environment)
    try:
        painters = [
            start_painter(side.displays[domain], SIZE, f"--seconds={seconds}", "--warm-up=1")
            for domain in DOMAINS
        ]
        skip_to(painters[0], "begin")
        before = side.statistics()["output_frames"]
        skip_to(painters[0], "end")
        refreshes = side.statistics()["output_frames"] - before
        reports = [report_of(painter) for painter in painters]
    finally:
        side.stop()
    return {
        "backend": backend,
        "output_per_second": refreshes / reports[0]["seconds"],
        "windows_per_second": [each["frames"] / each["seconds"] for each in reports],
        "presented_per_second": [each["presented"] / each["seconds"] for each in reports],
    }


def text(rows):
    lines = [
        "Two animating windows of two domains, full damage, on one output of 60 Hz; frames a second:",
        "",
        f"{'backend':10}{'output':>8}{'first':>8}{'second':>8}{'presented':>17}{'worst of 60':>13}",
    ]
    for r in rows:
        first, second = r["windows_per_second"]
        presented = "{:.1f} {:.1f}".format(*r["presented_per_second"])
        worst = 60 * min(r["windows_per_second"]) / r["output_per_second"]
        lines.append(
            f"{r['backend']:10}{r['output_per_second']:8.1f}{first:8.1f}{second:8.1f}{presented:>17}"
            f"{worst:13.1f}"
        )
        if host := r.get("host_per_second"):
            lines.append(f"{'':10}{host:8.1f} has a program of 1920x1080 alone on the host")
    return "\n".join(lines)
