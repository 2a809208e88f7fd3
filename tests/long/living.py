# SPDX-License-Identifier: MIT
"""A desk whose parts are killed while real programs run on it: kill -9 of compositor, warden or agent
at any moment, and what must be there again a second later (rule 8)."""

import json
import os
import pathlib
import random
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(os.environ["SOURCE_DIR"]) / "demo"))
import gtk_demo  # noqa: E402
from desk import LEFT, SUPER, Desk, Failure, wait_for  # noqa: E402
from measured import descriptors, memory_kib, processes  # noqa: E402

# Never still: a colour test and a clock that runs as fast as it can be read.
FOOT = "foot -T Terminal --window-size-chars=50x12 sh -c 'while :; do date +%N; sleep 0.02; done'"
XTERM = "xterm -T Xterminal -geometry 50x12 -e sh -c 'while :; do date +%N; sleep 0.05; done'"
GTK = "gtk4-demo"
LABELS = {"work": "blue", "untrusted": "red", "bank": "green"}
PROGRAMS = {"work": FOOT, "untrusted": XTERM, "bank": GTK}
TITLES = {"work": "Terminal", "untrusted": "Xterminal", "bank": "GTK Demo"}
WITHIN_S = 1.0
# An agent comes back with the start of its program.
AGENT_STARTS_S = 1.0
# What was not killed for so long is started at once.
RESTED_S = 30
# A warden that is killed again and again comes back later each time, up to half a minute.
PATIENCE_S = 40


class Living(Desk):
    def __init__(self, programs=None):
        self.programs = programs or PROGRAMS
        super().__init__({name: LABELS[name] for name in self.programs})
        self.agents = {}
        try:
            for domain in self.programs:
                self.begin(domain)
            for domain in self.programs:
                self.window(domain, TITLES[domain], 60)
            self.settle_places()
        except Failure:
            self.stop()
            raise

    def start(self, name, command, **environment):
        if name == "compositor":
            self.compositor_start = (command, environment)
        process = super().start(name, command, **environment)
        if name == "compositor":
            self.compositor = process
        return process

    def begin(self, domain):
        self.agents[domain] = self.agent(domain, self.programs[domain])

    def drop(self, process):
        self.processes = [each for each in self.processes if each[1] is not process]

    # Where everything is

    def places(self):
        """The frame of each toplevel, by domain and title: what has to come back."""
        return {
            (w["domain"], w["title"]): tuple(w["frame_px"][side] for side in ("x", "y", "width", "height"))
            for w in self.windows()
            if w["kind"] == "toplevel" and w["visible"]
        }

    def settle_places(self):
        """The places once they have stayed the same for a while: places are kept every 30 ms."""
        last, since = self.places(), time.monotonic()

        def rest():
            nonlocal last, since
            now = self.places()
            if now != last or len(now) < len(self.programs):
                last, since = now, time.monotonic()
            return time.monotonic() - since > 0.3

        wait_for("the windows to rest", rest)
        return last

    def back(self, places, begin):
        """Seconds from `begin` until all windows are where they were."""
        try:
            wait_for("the windows", lambda: self.quiet_places() == places, PATIENCE_S)
        except Failure:
            raise Failure(f"not back: {places} became {self.quiet_places()}") from None
        return time.monotonic() - begin

    def quiet_places(self):
        try:
            return self.places()
        except (Failure, json.JSONDecodeError):
            return None

    # Kills

    def kill_compositor(self):
        """Seconds from the start of the next one until it is ready."""
        os.kill(self.compositor.pid, signal.SIGKILL)
        self.compositor.wait()
        self.drop(self.compositor)
        self.hands.close()
        for name in ("hands", "ready"):
            (self.folder / name).unlink(missing_ok=True)
        begin = time.monotonic()
        self.start("compositor", self.compositor_start[0], **self.compositor_start[1])
        self.processes.insert(0, self.processes.pop())
        self.hands = wait_for("the compositor takes test input", self.grasp)
        ready = self.folder / "ready"
        wait_for("the desktop", ready.exists)
        self.display = self.folder / ready.read_text().strip()
        return begin

    def wardens(self):
        """By domain."""
        return {words[words.index("--domain") + 1]: pid for pid, words in processes(self.folder, "leadlight-warden").items()}

    def kill_warden(self, domain):
        pid = self.wardens()[domain]
        begin = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        wait_for("the end of the warden", lambda: self.wardens().get(domain) != pid)
        return begin

    def kill_agent(self, domain):
        """Its programs end with it; the next one is started at once."""
        agent = self.agents[domain]
        os.killpg(agent.pid, signal.SIGKILL)
        agent.wait()
        self.drop(agent)
        wait_for("its windows to go", lambda: not self.windows(domain))
        begin = time.monotonic()
        self.begin(domain)
        self.window(domain, TITLES[domain], 60)
        return time.monotonic() - begin

    # What is under way when it happens

    def open_menu(self):
        frame = self.window("bank", TITLES["bank"])["frame_px"]
        self.focus(self.window("bank", TITLES["bank"]))
        self.click(*gtk_demo.menu_button(frame))
        wait_for("the open menu", lambda: any(w["kind"] == "popup" for w in self.windows("bank")))

    def half_a_drag(self, domain):
        """A window in the person's hand, and where it has got to."""
        x, y = self.grip(self.window(domain, TITLES[domain]))
        self.do(f"motion_to {x} {y}")
        self.do(f"button {LEFT} press")
        for step in range(1, 5):
            self.do(f"motion_to {x + 10 * step} {y + 5 * step}")
        return self.settle_places()

    def half_a_resize(self, domain):
        frame = self.window(domain, TITLES[domain])["frame_px"]
        x, y = frame["x"] + frame["width"] - 2, frame["y"] + frame["height"] - 2
        self.do(f"motion_to {x} {y}")
        self.do(f"button {LEFT} press")
        for step in range(1, 5):
            self.do(f"motion_to {x - 10 * step} {y - 10 * step}")
        return self.settle_places()

    def let_go(self):
        self.do(f"button {LEFT} release")


def menu_open(desk):
    desk.open_menu()
    return desk.settle_places()


def super_down(desk):
    desk.do(f"key {SUPER} press")
    return desk.settle_places()


# What a kill can come into, the domain that it is about, and how: that gives the places that have to
# be found again.
MOMENTS = {
    "at rest": ("work", Living.settle_places),
    "with a menu open": ("bank", menu_open),
    "with a window in the hand": ("work", lambda desk: desk.half_a_drag("work")),
    "during a resize of an X11 window": ("untrusted", lambda desk: desk.half_a_resize("untrusted")),
    "with Super down": ("untrusted", super_down),
}


def kill_at_each_moment(report):
    """Real programs at each moment: all windows back within a second."""
    for moment, (domain, comes) in MOMENTS.items():
        for victim in ("compositor", "warden", "agent"):
            what = f"kill -9 of the {victim} {moment}"
            try:
                with Living() as desk:
                    places = comes(desk)
                    if victim == "compositor":
                        took = desk.back(places, desk.kill_compositor())
                    elif victim == "warden":
                        took = desk.back(places, desk.kill_warden(domain))
                    else:
                        others = {key: place for key, place in places.items() if key[0] != domain}
                        took = desk.kill_agent(domain)
                        now = {key: place for key, place in desk.places().items() if key[0] != domain}
                        report.check(f"{what}: its windows go, nothing else changes, and it is back", now == others, f"{took * 1000:.0f} ms with the start of its program")
                        continue
                    report.check(f"{what}: all windows where they were within a second", took < WITHIN_S, f"{took * 1000:.0f} ms")
            except Failure as failure:
                report.check(what, False, failure)


class Growth:
    """What compositor and wardens hold, between cycles."""

    def __init__(self, desk):
        self.desk = desk
        self.samples = []

    def take(self):
        compositor = self.desk.compositor.pid
        wardens = sorted(self.desk.wardens().values())
        self.samples.append(
            {
                "compositor KiB": memory_kib(compositor),
                "compositor descriptors": descriptors(compositor),
                "greatest warden KiB": max(map(memory_kib, wardens)),
                "wardens": len(wardens),
            }
        )

    def tell(self, report, name):
        """The first cycles warm caches up; from there on nothing may grow."""
        warm = self.samples[len(self.samples) // 4 :]
        for key, slack in (("compositor KiB", 4096), ("greatest warden KiB", 2048), ("compositor descriptors", 2)):
            early = max(sample[key] for sample in warm[: max(1, len(warm) // 4)])
            late = min(sample[key] for sample in warm[-max(1, len(warm) // 4) :])
            report.check(f"{name}: {key} do not grow", late <= early + slack, f"{early} early, {late} late, {len(self.samples)} samples")


def soak(report, generator, seconds):
    """Programs that never rest, and kills at random moments, for that long."""
    slowest = {"compositor": 0.0, "warden": 0.0, "agent": 0.0}
    kills = dict.fromkeys(slowest, 0)
    last = dict.fromkeys(slowest, -RESTED_S)
    end = time.monotonic() + seconds
    failures = []
    with Living({"work": FOOT, "untrusted": XTERM}) as desk:
        growth = Growth(desk)
        frames = None
        while time.monotonic() < end:
            victim = generator.choice(sorted(kills))
            # At any moment, so also right after the last.
            time.sleep(generator.random() * 2)
            try:
                places = desk.settle_places()
                time.sleep(generator.random() * 0.05)
                if victim == "agent":
                    took = desk.kill_agent(generator.choice(sorted(desk.programs)))
                elif victim == "warden":
                    took = desk.back(places, desk.kill_warden(generator.choice(sorted(desk.programs))))
                else:
                    took = desk.back(places, desk.kill_compositor())
            except Failure as failure:
                failures.append(f"{victim}: {failure}")
                print(f"soak: {failures[-1]}", flush=True)
                if len(failures) > 5:
                    break
                continue
            kills[victim] += 1
            # Who dies again soon is started later each time (docs/decisions.md).
            if time.monotonic() - last[victim] >= RESTED_S:
                slowest[victim] = max(slowest[victim], took)
            last[victim] = time.monotonic()
            print(f"soak: {victim} back after {took * 1000:.0f} ms, {end - time.monotonic():.0f} s to go", flush=True)
            desk.settle_places()
            growth.take()
            frames = int(json.loads(desk.ctl("stats", "--json"))["frames_sent"])
        report.check("soak: nothing lost", not failures, f"{sum(kills.values())} kills, {len(failures)} failures")
        report.check("soak: the programs still draw", frames is None or wait_for("a frame", lambda: int(json.loads(desk.ctl("stats", "--json"))["frames_sent"]) > frames))
        for victim, most in slowest.items():
            within = WITHIN_S + (AGENT_STARTS_S if victim == "agent" else 0)
            report.check(f"soak: {kills[victim]} kills of the {victim}, each back within {within} s", most < within, f"slowest {most * 1000:.0f} ms")
        if growth.samples:
            growth.tell(report, "soak")
