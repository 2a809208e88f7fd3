# SPDX-License-Identifier: MIT
"""CPU per frame, latency and rate of one window, on each side in turn."""

import statistics

from processes import CountedCalls
from sides import SIDES, report_of, skip_to, start_painter

SIZES = {"1080p": (1920, 1080), "4K": (3840, 2160)}
DAMAGES = {"full": (), "64x64": ("--small",)}
COUNTED = (50, 250)  # frames


def counted_calls(side, arguments):
    """System calls a frame of each part, from the difference of two runs of so many frames each, so
    that setting up and ending the window fall out."""
    totals = []
    for frames in COUNTED:
        with CountedCalls(side.group()) as counted:
            painter = start_painter(side.environment, *arguments, f"--frames={frames}")
            skip_to(painter, "begin")
            report_of(painter)
            # What a connection forked while we looked is not counted a second time: strace follows.
        if counted.calls is None:
            return None
        totals.append(counted.calls)
    few, many = totals
    span = COUNTED[1] - COUNTED[0]
    return {
        part: {
            name: round((count - few[part].get(name, 0)) / span, 3)
            for name, count in many[part].items()
            if count - few[part].get(name, 0) >= span / 50
        }
        for part in many
    }


def measure(rounds, seconds, tell):
    """Rows of the table, in the order of the sizes."""
    samples, calls = {}, {}
    done, all_of_them = 0, rounds * len(SIZES) * len(DAMAGES) * len(SIDES)
    for number in range(rounds):
        for size, (width, height) in SIZES.items():
            sides = []
            try:
                for kind in SIDES:
                    sides.append(kind(width, height))
                for damage, flags in DAMAGES.items():
                    for side in sides:
                        base = (f"--size={width}x{height}", f"--seconds={seconds}", *flags)
                        sample = side.measure(*base)
                        sample["latency_us"] = side.measure(*base, "--latency")["latency_us"]
                        key = (size, damage, side.name)
                        samples.setdefault(key, []).append(sample)
                        if number + 1 == rounds:
                            calls[key] = counted_calls(side, (f"--size={width}x{height}", *flags))
                        done += 1
                        tell(
                            f"{done}/{all_of_them} round {number + 1} {size} {damage} {side.name}:"
                            f" {sum(sample['cpu_us'].values()):.0f} us"
                        )
            finally:
                for side in sides:
                    side.stop()
    return add_ratios([row(key, samples[key], calls.get(key)) for key in samples])


def row(key, rounds, calls):
    size, damage, side = key
    parts = {
        part: {
            "cpu_us": statistics.median(r["cpu_us"][part] for r in rounds),
            "switches": statistics.median(r["switches"][part] for r in rounds),
            "calls": None if calls is None else calls.get(part, {}),
        }
        for part in rounds[0]["cpu_us"]
    }
    return {
        "size": size,
        "damage": damage,
        "side": side,
        "cpu_us": statistics.median(sum(r["cpu_us"].values()) for r in rounds),
        "calls": None if calls is None else sum(sum(each.values()) for each in calls.values()),
        "latency_us": statistics.median(r["latency_us"] for r in rounds),
        "frames_per_second": statistics.median(r["frames_per_second"] for r in rounds),
        "parts": parts,
        "rounds_cpu_us": [round(sum(r["cpu_us"].values()), 1) for r in rounds],
    }


def add_ratios(rows):
    by_key = {(r["size"], r["damage"], r["side"]): r for r in rows}
    for r in rows:
        for other in ("cage", "waypipe"):
            base = by_key[r["size"], r["damage"], other]
            r[f"cpu_by_{other}"] = r["cpu_us"] / base["cpu_us"]
        r["latency_by_cage"] = r["latency_us"] / by_key[r["size"], r["damage"], "cage"]["latency_us"]
    return rows


def number(value, width, digits=1):
    return f"{'-':>{width}}" if value is None else f"{value:{width}.{digits}f}"


def text(rows):
    lines = [
        "One window that draws as fast as it is let. CPU is of all processes but the program itself.",
        "Headless outputs at 1000 Hz, drawn by Pixman; direct scan-out is off on all sides; medians.",
        "",
        f"{'size':6}{'damage':7}{'side':10}{'CPU us/frame':>13}{'of cage':>9}{'of waypipe':>11}"
        f"{'p50 us':>9}{'of cage':>9}{'frames/s':>10}{'calls/frame':>12}",
    ]
    for r in rows:
        lines.append(
            f"{r['size']:6}{r['damage']:7}{r['side']:10}{r['cpu_us']:13.1f}{r['cpu_by_cage']:8.2f}x"
            f"{r['cpu_by_waypipe']:10.2f}x{r['latency_us']:9.0f}{r['latency_by_cage']:8.2f}x"
            f"{r['frames_per_second']:10.1f}{number(r['calls'], 12)}"
        )
    lines += [
        "",
        "By process, a frame:",
        f"{'size':6}{'damage':7}{'side':10}{'process':12}{'CPU us':>9}{'switches':>10}  system calls",
    ]
    for r in rows:
        for part, each in r["parts"].items():
            calls = each["calls"]
            names = "not counted: no tracing here" if calls is None else by_count(calls)
            lines.append(
                f"{r['size']:6}{r['damage']:7}{r['side']:10}{part:12}{each['cpu_us']:9.1f}"
                f"{each['switches']:10.2f}  {names}"
            )
    return "\n".join(lines)


def by_count(calls):
    ordered = sorted(calls.items(), key=lambda item: -item[1])
    return f"{sum(calls.values()):.1f}: " + ", ".join(f"{name} {count:.2g}" for name, count in ordered)
