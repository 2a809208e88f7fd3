# SPDX-License-Identifier: MIT
"""./dev demo apps: real programs, one at a time: each starts, draws, opens a menu, takes typed text,
resizes and closes, with a picture a step. The table in docs/programs.md is written from what happened.
"""

import argparse
import dataclasses
import pathlib
import subprocess
import sys
import time

from desk import ALT, CTRL, RIGHT, Desk, Failure, wait_for

KEY_F10, KEY_F, KEY_L, KEY_N, ESCAPE = 68, 33, 38, 49, 1


@dataclasses.dataclass
class Program:
    name: str
    toolkit: str
    command: str
    title: str
    # How its menu opens: a key with those held, or a click at a place of the content (fractions, or
    # pixels from the right edge where negative) with a button.
    menu: tuple
    # Keys struck before typing, to get to a place that shows text, or a click there (fractions).
    before: tuple = ()
    place: tuple = ()
    # Keys struck after it, to leave that place.
    after: tuple = ()
    # The title of a window that greets first, and is closed.
    greeting: str = ""
    text: str = "leadlight"
    patience: float = 30.0


CHROMIUM = (
    "chromium --ozone-platform=wayland --no-first-run --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync --disable-quic --user-data-dir=$HOME/chromium about:blank"
)
FIREFOX = "mkdir -p $HOME/firefox; firefox-esr --no-remote --profile $HOME/firefox about:blank"
GIMP = "env -u WAYLAND_DISPLAY GDK_BACKEND=x11 gimp -n --no-splash"
TEST_PATTERN = "av://lavfi:testsrc2=size=960x540"
CLICK_RIGHT = ("click", 0.5, 0.5, RIGHT)

PROGRAMS = (
    Program("foot", "Wayland", "foot", "foot", ("none",)),
    Program("gtk3-demo", "GTK 3", "gtk3-demo-application", "", ("key", KEY_F10, ()), place=(0.5, 0.55)),
    Program("gtk4-demo", "GTK 4", "gtk4-demo", "", ("click", -156, 23), before=((KEY_F, (CTRL,)),)),
    Program("kcalc", "Qt 6", "QT_QPA_PLATFORM=wayland kcalc", "calc", ("key", KEY_F, (ALT,)), text="12345"),
    Program("thunar", "GTK 3", "thunar $HOME", "", CLICK_RIGHT, before=((KEY_L, (CTRL,)),)),
    # Paused, so that what changes is what was typed: the display of where it is.
    Program("mpv", "wl_shm", f"mpv --vo=wlshm --no-config --pause {TEST_PATTERN}", "mpv", ("none",), text="ooo"),
    Program("firefox", "GTK 3", FIREFOX, "Firefox", CLICK_RIGHT, before=((KEY_L, (CTRL,)),), patience=90),
    Program("chromium", "Ozone", CHROMIUM, "Chromium", CLICK_RIGHT, before=((KEY_L, (CTRL,)),), patience=90),
    Program("libreoffice", "GTK 3", "libreoffice --norestore --nologo --writer", "Writer", CLICK_RIGHT, patience=120),
    Program("xterm", "X11 (Xt)", "xterm", "xterm", ("click", 0.5, 0.5, 0x110, (CTRL,))),
    # Text goes into the dialog for a new image.
    Program(
        "gimp", "X11 (GTK 3)", GIMP, "GNU Image", ("key", KEY_F, (ALT,)), before=((KEY_N, (CTRL,)),),
        after=((ESCAPE, ()),), greeting="Welcome", text="123", patience=120,
    ),
)
STEPS = ("starts", "draws", "menu", "text", "resizes", "closes")


class Trial:
    """One program on a desk of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.found = dict.fromkeys(STEPS, "not reached")
        self.kept = set()

    def run(self):
        with Desk({"work": "blue"}, outputs=("1280x800",)) as desk:
            self.desk = desk
            self.agent = desk.agent("work", self.program.command)
            for step in STEPS:
                try:
                    self.found[step] = getattr(self, step)() or "yes"
                except (Failure, subprocess.SubprocessError) as failure:
                    self.found[step] = f"no: {failure}"
                    if step == "starts":
                        self.keep(step)
                        break
                # A menu is closed by now, and has its picture.
                if step not in self.kept:
                    self.keep(step)
        return self.found

    def keep(self, step):
        self.desk.picture(self.folder / f"{self.program.name}-{STEPS.index(step)}-{step}.png")
        self.kept.add(step)

    def window(self):
        return self.desk.window("work", self.program.title, self.program.patience)

    def content(self):
        return self.window()["content_px"]

    def shot(self):
        """The pixels of the content, as netpbm."""
        return crop(self.desk, self.content())

    def starts(self):
        if self.program.greeting:
            greeting = self.desk.window("work", self.program.greeting, self.program.patience)
            self.desk.settle(limit=15)
            self.close(greeting)
        self.window()
        self.desk.settle(limit=15)
        self.desk.focus(self.window())

    def draws(self):
        def colours():
            pixels = self.shot()
            return len({pixels[i : i + 3] for i in range(0, len(pixels), 3 * 97)}) > 1

        # A program may show an empty window first.
        wait_for("more than one colour", colours, self.program.patience)
        return None

    def menu(self):
        kind, *how = self.program.menu
        if kind == "none":
            return "has none"
        if kind == "key":
            self.desk.key(how[0], *how[1])
        else:
            box = self.content()
            x, y = (
                int(b + (v * size if isinstance(v, float) else v if v >= 0 else size + v))
                for v, b, size in zip(how[:2], (box["x"], box["y"]), (box["width"], box["height"]))
            )
            button, held = (how + [0x110])[2], how[3] if len(how) > 3 else ()
            for each in held:
                self.desk.do(f"key {each} press")
            self.desk.do(f"motion_to {x - 2} {y}")
            self.desk.do(f"motion_to {x} {y}")
            # xterm's menu is there only while the button is held.
            self.desk.do(f"button {button} press")
            if not held:
                self.desk.do(f"button {button} release")
        try:
            wait_for("a menu", self.menus, 10)
            self.desk.settle(limit=3)
            self.keep("menu")
        finally:
            if kind == "click" and held:
                self.desk.do(f"button {button} release")
                for each in held:
                    self.desk.do(f"key {each} release")
        self.dismiss_menu()

    def menus(self):
        return [w for w in self.desk.windows("work") if w["kind"] != "toplevel" and w["visible"]]

    def dismiss_menu(self):
        """Escape for each level; one too many would close some programs' windows."""
        for _ in range(3):
            if not self.menus():
                return
            self.desk.key(ESCAPE)
            try:
                wait_for("the menu to close", lambda: not self.menus(), 3)
            except Failure:
                continue
        raise Failure("the menu does not close")

    def text(self):
        self.desk.settle(limit=3)
        for code, held in self.program.before:
            self.desk.key(code, *held)
        if self.program.place:
            box = self.content()
            across, down = self.program.place
            self.desk.click(int(box["x"] + across * box["width"]), int(box["y"] + down * box["height"]))
        self.desk.settle(limit=3)
        width, before = self.content()["width"], self.shot()
        self.desk.type(self.program.text)
        # A cursor that blinks is narrower than any text.
        least = 4 * len(self.program.text)
        wait_for("the text to show", lambda: changed_width(before, self.shot(), width) >= least, self.program.patience)
        self.keep("text")
        for code, held in self.program.after:
            self.desk.key(code, *held)

    def resizes(self):
        """By the corner of its frame: smaller, or larger where it may be as small as it can."""
        before = self.content()
        frame = self.window()["frame_px"]
        corner = (frame["x"] + frame["width"] - 2, frame["y"] + frame["height"] - 2)
        way = -1 if before["width"] > 400 else 1
        self.desk.drag(corner, (corner[0] + way * 90, corner[1] + way * 70))

        def resized():
            now = self.content()
            return now if all(way * (now[side] - before[side]) > 0 for side in ("width", "height")) else None

        after = wait_for("another size", resized, 10)

        def at_rest():
            nonlocal after
            time.sleep(0.5)
            last, after = after, self.content()
            return last == after

        wait_for("the size to rest", at_rest, 10)
        return f"{before['width']}x{before['height']} to {after['width']}x{after['height']}"

    def close(self, window):
        """By the button of its frame."""
        frame = window["frame_px"]
        self.desk.click(frame["x"] + frame["width"] - 17, frame["y"] + 14)
        wait_for("the window to go", lambda: not any(w["id"] == window["id"] for w in self.desk.windows()), 10)

    def closes(self):
        window = self.window()
        try:
            self.close(window)
        except Failure:
            # A question whether to save is an answer too: it was asked to close.
            if any(w["id"] != window["id"] and w["visible"] for w in self.desk.windows("work")):
                return "asks first"
            raise


def crop(desk, box):
    """The pixels of a box of the screen, three bytes each."""
    result = subprocess.run(
        ["grim", "-t", "ppm", "-g", f"{box['x']},{box['y']} {box['width']}x{box['height']}", "-"],
        env={"XDG_RUNTIME_DIR": str(desk.folder), "WAYLAND_DISPLAY": str(desk.display), "PATH": "/usr/bin"},
        capture_output=True,
        timeout=20,
        check=True,
        **desk.ids,
    )
    return result.stdout.split(b"\n", 3)[3]


def changed_width(before, after, width):
    """How many columns lie between the leftmost and the rightmost pixel that differ."""
    if len(before) != len(after):
        return 0
    left, right, row = width, -1, 3 * width
    for start in range(0, len(before), row):
        old, new = before[start : start + row], after[start : start + row]
        if old != new:
            columns = [x for x in range(width) if old[3 * x : 3 * x + 3] != new[3 * x : 3 * x + 3]]
            left, right = min(left, columns[0]), max(right, columns[-1])
    return right - left + 1 if right >= 0 else 0


def table(found):
    lines = [
        "# Programs",
        "",
        "Written by `./dev demo apps --out DIR` from what it saw: each program ran in a guest of its own,",
        "was looked at on screenshots and driven by keyboard and pointer only.",
        "",
        "| program | toolkit | " + " | ".join(STEPS) + " |",
        "|---|---|" + "---|" * len(STEPS),
    ]
    for program in PROGRAMS:
        if program.name in found:
            cells = [found[program.name][step] for step in STEPS]
            lines.append(f"| {program.name} | {program.toolkit} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev demo apps", description=__doc__)
    parser.add_argument("--out", required=True, metavar="DIR", type=pathlib.Path)
    parser.add_argument("--only", metavar="NAME[,NAME]", help="some of the programs")
    parser.add_argument("--table", metavar="FILE", type=pathlib.Path, help="write the table there, too")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = options.only.split(",") if options.only else [p.name for p in PROGRAMS]
    found = {}
    for program in PROGRAMS:
        if program.name not in wanted:
            continue
        begin = time.monotonic()
        try:
            found[program.name] = Trial(program, options.out).run()
        except Failure as failure:
            found[program.name] = dict.fromkeys(STEPS, "no") | {"starts": f"no: {failure}"}
        words = ", ".join(f"{step}: {found[program.name][step]}" for step in STEPS)
        print(f"{program.name} ({time.monotonic() - begin:.0f} s): {words}", flush=True)
    (options.out / "programs.md").write_text(table(found), encoding="utf-8")
    if options.table:
        options.table.write_text(table(found), encoding="utf-8")
    failed = sum(cell.startswith("no") for row in found.values() for cell in row.values())
    passed = sum(len(row) for row in found.values()) - failed
    print(f"{passed} steps done, {failed} not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
