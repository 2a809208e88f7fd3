# SPDX-License-Identifier: MIT
"""Eight domains with 64 windows in all, and nothing to do: who wakes up?"""

import time

from processes import reading, switches
from sides import Leadlight, skip_to, start_painter, wait_for

DOMAINS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
WINDOWS = 8  # a domain


def measure(seconds, tell):
    side = Leadlight(1920, 1080, hz=60, domains=DOMAINS)
    programs = []
    try:
        for domain in DOMAINS:
            for _ in range(WINDOWS):
                programs.append(start_painter(side.displays[domain], "--size=320x240", "--still"))
        for program in programs:
            skip_to(program, "begin")
        wait_for(
            "64 windows on the screen",
            lambda: side.statistics()["windows"] == len(programs),
        )
        time.sleep(3)  # titles are shaped a moment after the windows came
        tell(f"{seconds} s of rest")
        group = side.group()
        counted = side.statistics()
        time.sleep(1)  # asking the compositor wakes it, so it is not asked in between
        before = reading(group, switches)
        time.sleep(seconds)
        after = reading(group, switches)
        frames = side.statistics()["output_frames"] - counted["output_frames"]
    finally:
        for program in programs:
            program.kill()
        for program in programs:
            program.wait()
        side.stop()
    return {
        "seconds": seconds,
        "domains": len(DOMAINS),
        "windows": len(programs),
        "switches": {part: after[part] - before[part] for part in group},
        "output_frames": frames,
    }


def text(result):
    lines = [
        f"{result['domains']} domains with {result['windows']} windows at rest for"
        f" {result['seconds']:.0f} s; context switches in all of that time:",
        "",
    ]
    lines += [f"{part:12}{count:6}" for part, count in result["switches"].items()]
    return "\n".join(lines)
