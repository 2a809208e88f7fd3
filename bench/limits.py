# SPDX-License-Identifier: MIT
"""What Leadlight may cost, and whether it does: one line for each limit, of the parts that were measured."""

# CPU for a frame of full damage, by that of cage and of waypipe.
BY_CAGE, BY_WAYPIPE = 2.6, 0.5
# Frames that an animating window gets, of 60 refreshes.
OF_60 = 58
# Context switches of the compositor in a second of rest.
SWITCHES_PER_SECOND = 1


def limits(results):
    """(what, whether it is met), of each."""
    for r in results.get("frames", []):
        if r["side"] == "leadlight" and r["damage"] == "full":
            for other, most in (("cage", BY_CAGE), ("waypipe", BY_WAYPIPE)):
                ratio = r[f"cpu_by_{other}"]
                yield f"{r['size']}, full damage: {ratio:.2f}x of {other}, at most {most}x", ratio <= most
    for r in results.get("pace", []):
        worst = 60 * min(r["windows_per_second"]) / r["output_per_second"]
        yield f"{r['backend']}: {worst:.1f} of 60 frames, at least {OF_60}", worst >= OF_60
        # Else an output that misses refreshes would make the windows on it look good.
        refreshes = r["output_per_second"]
        if host := r.get("host_per_second"):
            share = 60 * refreshes / host
            yield f"{r['backend']}: {share:.1f} of 60 refreshes of its host, at least {OF_60}", share >= OF_60
        else:
            yield f"{r['backend']}: {refreshes:.1f} refreshes a second, at least {OF_60}", refreshes >= OF_60
    if idle := results.get("idle"):
        for part, count in idle["switches"].items():
            most = SWITCHES_PER_SECOND * idle["seconds"] if part == "compositor" else 0
            yield f"{part} at rest: {count} context switches, at most {most:.0f}", count <= most


def text(results):
    lines = [f"{'met    ' if met else 'NOT MET'}  {what}" for what, met in limits(results)]
    return "\n".join(["Limits:", "", *lines])
