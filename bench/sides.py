# SPDX-License-Identifier: MIT
"""The ways to get a program's pixels on an output, and the program that draws them.

Each side runs headless, drawn by Pixman, its output at 1000 Hz, and with direct scan-out off: with it
cage would hand the program's buffer on without drawing at all.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

from processes import cpu_ns, descendants, difference, name_of, reading, switches

SOURCE = pathlib.Path(os.environ["SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["BUILD_DIR"])
sys.path.insert(0, str(SOURCE / "demo"))
from desk import Desk, Failure, wait_for  # noqa: E402

PAINTER = BUILD / "bench/painter"
AGENT = BUILD / "guest-agent/leadlight-agent"
# Room for the frame and the trusted bar around content of the full size.
MARGIN = 128
HZ = 1000  # wlroots' headless output has a timer of whole milliseconds


def start_painter(environment, *arguments):
    return subprocess.Popen(
        [str(PAINTER), *arguments],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def report_of(process):
    """Its line of JSON, after whatever is left to read."""
    for line in process.stdout:
        if line.startswith("{"):
            process.wait(20)
            return json.loads(line)
    raise Failure(f"the painter ended: {' '.join(process.args[1:])}")


def skip_to(process, word):
    for line in process.stdout:
        if line.strip() == word:
            return
    raise Failure(f"the painter ended: {' '.join(process.args[1:])}")


class Side:
    """`environment` leads the painter there; `group` is the processes that pay for its frames."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
        self.processes = []
        self.environment = {"XDG_RUNTIME_DIR": str(self.folder)}

    def start(self, *command, **environment):
        process = subprocess.Popen(
            [str(word) for word in command],
            env=os.environ | self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def socket(self, what, pattern="wayland-*"):
        return wait_for(
            f"{what}'s socket",
            lambda: next((p for p in self.folder.glob(pattern) if p.is_socket()), None),
        )

    def measure(self, *arguments):
        """One run of the painter: CPU and switches of each part, a frame."""
        painter = start_painter(self.environment, *arguments)
        skip_to(painter, "begin")
        group = self.group()
        cpu, switched = reading(group, cpu_ns), reading(group, switches)
        skip_to(painter, "end")
        cpu = difference(reading(group, cpu_ns), cpu)
        switched = difference(reading(group, switches), switched)
        result = report_of(painter)
        frames = max(1, result["frames"])
        return {
            "cpu_us": {part: ns / 1e3 / frames for part, ns in cpu.items()},
            "switches": {part: count / frames for part, count in switched.items()},
            "frames_per_second": result["frames"] / result["seconds"],
            "latency_us": result["latency_us"],
        }

    def stop(self):
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Cage(Side):
    name = "cage"

    def __init__(self, width, height):
        super().__init__()
        self.cage = self.start(
            "cage", "--", "sleep", "infinity",
            WLR_BACKENDS="headless",
            WLR_RENDERER="pixman",
            WLR_LIBINPUT_NO_DEVICES="1",
            WLR_SCENE_DISABLE_DIRECT_SCANOUT="1",
        )  # fmt: skip
        self.environment = self.environment | {"WAYLAND_DISPLAY": self.socket("cage").name}
        self.set_mode(f"{width}x{height}@{HZ}Hz")

    def set_mode(self, mode):
        environment = os.environ | self.environment
        listed = subprocess.run(
            ["wlr-randr", "--json"], env=environment, capture_output=True, check=True, timeout=20
        )
        output = json.loads(listed.stdout)[0]["name"]
        subprocess.run(
            ["wlr-randr", "--output", output, "--custom-mode", mode],
            env=environment,
            check=True,
            timeout=20,
        )

    def group(self):
        return {"compositor": [self.cage.pid]}


class Waypipe(Cage):
    """Both halves on one machine, as if it were two, and without compression: the cheapest way of
    the usual means that carries pixels in the byte stream."""

    name = "waypipe"

    def __init__(self, width, height):
        super().__init__(width, height)
        link = self.folder / "link"
        words = ["waypipe", "--compress", "none", "--socket", link]
        self.client = self.start(*words, "client")
        wait_for("waypipe's client", link.exists)
        self.server = self.start(*words, "--display", "remote", "server", "--", "sleep", "infinity")
        self.environment = self.environment | {"WAYLAND_DISPLAY": self.socket("waypipe", "remote").name}

    def group(self):
        def half(process):
            # Each connection has a process of its own.
            return [process.pid] + [p for p in descendants(process.pid) if name_of(p) != "sleep"]

        return super().group() | {"client": half(self.client), "server": half(self.server)}


class Leadlight(Side):
    """Without test input, as in the packages, and with the agents as plain processes beside it."""

    name = "leadlight"

    def __init__(self, width, height, hz=HZ, domains=("work",), backend="headless", **environment):
        super().__init__()
        labels = ("blue", "red", "green", "yellow", "gray", "orange", "purple", "black")
        mode = f"{width + MARGIN}x{height + MARGIN}"
        self.desk = Desk(
            dict(zip(domains, labels)),
            outputs=(mode,),
            configuration=f'[output.HEADLESS-1]\nmode = "{mode}@{hz}"' if backend == "headless" else "",
            backend=backend,
            hands=False,
            **environment,
        )
        self.agents = {}
        self.displays = {}
        for domain in domains:
            home = self.desk.folder / f"guest-{domain}"
            home.mkdir(mode=0o700)
            if self.desk.ids:
                os.chown(home, self.desk.ids["user"], self.desk.ids["group"])
            self.agents[domain] = self.desk.start(
                f"agent-{domain}",
                [AGENT, "--listen", f"local:{self.desk.address(domain)}", "--no-xwayland"],
                XDG_RUNTIME_DIR=str(home),
            )
            display = wait_for("the agent", lambda: next((p for p in home.glob("wayland-*") if p.is_socket()), None))
            self.displays[domain] = {"XDG_RUNTIME_DIR": str(home), "WAYLAND_DISPLAY": display.name}
        self.environment = self.displays[domains[0]]
        wait_for("the domains", self.connected)

    def connected(self):
        domains = json.loads(self.desk.ctl("domains", "--json"))
        return all(domain["state"] == "connected" for domain in domains)

    def group(self):
        compositor = self.desk.compositor.pid
        wardens = [p for p in descendants(compositor) if name_of(p).startswith("leadlight-warde")]
        return {
            "agent": [process.pid for process in self.agents.values()],
            "warden": wardens,
            "compositor": [compositor],
        }

    def statistics(self):
        return json.loads(self.desk.ctl("stats", "--json"))

    def stop(self):
        self.desk.stop()
        super().stop()


SIDES = (Cage, Leadlight, Waypipe)
