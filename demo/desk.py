# SPDX-License-Identifier: MIT
"""The real compositor with real agents, driven as a person drives it.

Used by the demo, the pictures of programs and the tests with real programs. Everything runs as an
ordinary user in a runtime folder of its own, and ends with the Desk.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

BUILD = pathlib.Path(os.environ["BUILD_DIR"])
USER = 1000  # in the roots that ./dev makes

# evdev codes of a "us" keyboard: each row of keys from its first code on, plain and with Shift.
ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
KEYS = {"\n": 28, "\t": 15, " ": 57, "escape": 1, "F10": 68, "menu": 127, "down": 108, "up": 103}
TAB, SHIFT, CTRL, ALT, SUPER = 15, 42, 29, 56, 125
LEFT, RIGHT = 0x110, 0x111


def key_of(character):
    """The code of a character, and whether Shift is held for it."""
    if character in KEYS:
        return KEYS[character], False
    for first, plain, shifted in ROWS:
        if character in plain:
            return first + plain.index(character), False
        if character in shifted:
            return first + shifted.index(character), True
    raise ValueError(f"no key types {character!r}")


class Failure(Exception):
    """What did not happen, in one line."""


def wait_for(what, condition, seconds=20.0):
    """The first true value of condition(), which is asked until the time is over."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.02)


def holds(box, x, y):
    return 0 <= x - box["x"] < box["width"] and 0 <= y - box["y"] < box["height"]


class Desk:
    def __init__(self, labels, outputs=("1920x1080",), configuration="", backend="headless", hands=True, **environment):
        """Without hands it is a compositor as in the packages, which takes no test input."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="leadlight-"))
        self.labels = labels
        self.processes = []
        self.hands = None
        self.ids = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        if self.ids:
            os.chown(self.folder, USER, USER)
        lines = [configuration]
        for name, label in labels.items():
            lines += [f"[domain.{name}]", f'label = "{label}"', f'address = "local:{self.address(name)}"']
        self.write("leadlight.toml", "\n".join(lines) + "\n")
        command = [BUILD / "compositor/leadlight", "--config", self.folder / "leadlight.toml"]
        command += ["--allow-local", "--backend", backend, "--ready-file", self.folder / "ready"]
        for output in outputs:
            command += ["--output", output]
        if hands:
            environment["LEADLIGHT_TEST_INPUT"] = str(self.folder / "hands")
        self.compositor = self.start("compositor", command, **environment)
        if hands:
            self.hands = wait_for("the compositor takes test input", self.grasp)
        ready = self.folder / "ready"
        wait_for("the desktop", ready.exists)
        self.display = self.folder / ready.read_text().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # The programs

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        if self.ids:
            os.chown(path, USER, USER)
        return path

    def address(self, domain):
        return self.folder / f"{domain}.sock"

    def log(self, name):
        return self.folder / f"{name}.log"

    def start(self, name, command, **environment):
        full = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "DISPLAY")}
        full |= {"XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)} | environment
        with open(self.log(name), "ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command],
                env=full,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self.ids,
            )
        self.processes.append((name, process))
        return process

    def agent(self, domain, script):
        """An agent whose program is a shell script, in a home and a runtime folder of its own."""
        home = self.folder / f"guest-{domain}"
        home.mkdir(mode=0o700, exist_ok=True)
        if self.ids:
            os.chown(home, USER, USER)
        return self.start(
            f"agent-{domain}",
            [BUILD / "guest-agent/leadlight-agent", "--listen", f"local:{self.address(domain)}"]
            + ["--", "dbus-run-session", "--", "sh", "-c", script],
            HOME=str(home),
            XDG_RUNTIME_DIR=str(home),
            NO_AT_BRIDGE="1",
        )

    def stop(self):
        """Ends everything, the agents first; kills what does not end by itself."""
        if self.hands:
            self.hands.close()
        for _, process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def ctl(self, *words):
        result = subprocess.run(
            [BUILD / "compositor/ctl/leadlightctl", *words],
            env=os.environ | {"XDG_RUNTIME_DIR": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            **self.ids,
        )
        if result.returncode != 0:
            raise Failure(f"leadlightctl {' '.join(words)}: {result.stderr.strip()}")
        return result.stdout

    # The eyes

    def windows(self, domain=None):
        found = json.loads(self.ctl("windows", "--json"))
        return [w for w in found if domain in (None, w["domain"])]

    def window(self, domain, title, seconds=30.0):
        """The visible toplevel of a domain whose title contains that text."""
        return wait_for(
            f"a window of {domain} called {title!r}",
            lambda: next(
                (
                    w
                    for w in self.windows(domain)
                    if title.lower() in w["title"].lower() and w["kind"] == "toplevel" and w["visible"]
                ),
                None,
            ),
            seconds,
        )

    def picture(self, path):
        """Written by grim into the desk's folder and then copied, so that the user needs no rights on `path`.
        A PNG, or what its suffix says that grim can write."""
        path = pathlib.Path(path)
        taken = self.folder / "picture"
        subprocess.run(
            ["grim", "-t", path.suffix.lstrip(".") or "png", str(taken)],
            env=os.environ
            | {"XDG_RUNTIME_DIR": str(self.folder), "WAYLAND_DISPLAY": str(self.display)},
            timeout=20,
            check=True,
            **self.ids,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(taken, path)

    def settle(self, seconds=0.5, limit=10.0):
        """Waits until the screen has stood still for that long."""
        end = time.monotonic() + limit
        last, since = None, time.monotonic()
        while time.monotonic() < end:
            self.picture(self.folder / "settling.png")
            now = (self.folder / "settling.png").read_bytes()
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > seconds:
                return
            time.sleep(0.1)

    # The hands

    def grasp(self):
        hands = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            hands.connect(str(self.folder / "hands"))
        except OSError:
            hands.close()
            if self.processes[0][1].poll() is not None:
                log = self.log("compositor").read_text(errors="replace").strip().splitlines()
                raise Failure("the compositor ended: " + (log[-1] if log else "")) from None
            return None
        hands.settimeout(20)
        return hands

    def do(self, line):
        self.hands.send(line.encode())
        if not self.hands.recv(256).startswith(b"ok"):
            raise Failure(f"test input refuses: {line}")

    def key(self, code, *held):
        for each in held:
            self.do(f"key {each} press")
        self.do(f"key {code} press")
        self.do(f"key {code} release")
        for each in reversed(held):
            self.do(f"key {each} release")

    def type(self, text):
        for character in text:
            code, shifted = key_of(character)
            self.key(code, *([SHIFT] if shifted else []))

    def click(self, x, y, button=LEFT):
        # In two steps, so that what lies there hears of the pointer before the press.
        self.do(f"motion_to {x - 1} {y}")
        self.do(f"motion_to {x} {y}")
        self.do(f"button {button} press")
        self.do(f"button {button} release")

    def grip(self, window):
        """A point of a window's title that no window above it covers. Where all of that is covered the window is
        brought to the top by the switcher first."""
        for back in range(1, 9):
            listed = self.windows()  # from the lowest to the topmost
            place = next(i for i, w in enumerate(listed) if w["id"] == window["id"])
            frame = listed[place]["frame_px"]
            above = [w["frame_px"] for w in listed[place + 1 :] if w["visible"]]
            y = frame["y"] + 12
            for x in range(frame["x"] + frame["width"] // 2, frame["x"] + 40, -10):
                if not any(holds(box, x, y) for box in above):
                    return x, y
            self.switch(back)
        raise Failure(f"the title of {window['title']!r} is covered")

    def switch(self, back):
        """To the window that had the keyboard so many windows before the one that has it."""
        self.do(f"key {SUPER} press")
        for _ in range(back):
            self.key(TAB)
        self.do(f"key {SUPER} release")
        self.settle()
        time.sleep(0.4)  # a press just after other content came under the pointer goes nowhere (rule 5)

    def focus(self, window):
        """A click on the title, once more where it came too soon after a surprise (rule 5)."""
        for _ in range(4):
            self.click(*self.grip(window))
            try:
                wait_for("the focus", lambda: any(w["id"] == window["id"] and w["focused"] for w in self.windows()), 1.0)
                return
            except Failure:
                continue
        raise Failure(f"{window['title']!r} does not take the focus")

    def drag(self, start, end, button=LEFT, held=()):
        for each in held:
            self.do(f"key {each} press")
        self.do(f"motion_to {start[0]} {start[1]}")
        self.do(f"button {button} press")
        for step in range(1, 9):
            x, y = (start[i] + (end[i] - start[i]) * step // 8 for i in (0, 1))
            self.do(f"motion_to {x} {y}")
        self.do(f"button {button} release")
        for each in reversed(held):
            self.do(f"key {each} release")

    def move(self, window, x, y):
        """Drags a window by its title until its frame's corner is at x, y. A program that is still
        starting may change its size, and so its place, under the drag: then once more."""

        def frame():
            return next(w for w in self.windows() if w["id"] == window["id"])["frame_px"]

        for _ in range(4):
            before, grip = frame(), self.grip(window)
            self.drag(grip, (grip[0] + x - before["x"], grip[1] + y - before["y"]))
            try:
                wait_for("the place", lambda: (frame()["x"], frame()["y"]) == (x, y), 1.0)
                return
            except Failure:
                continue
        raise Failure(f"{window['title']!r} does not go where it is dragged")
