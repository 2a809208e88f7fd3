# SPDX-License-Identifier: MIT
"""What is asserted of the whole machine, in one boot: ./dev test xen session

The other parts prove the pieces with programs of their own; here all of it is what the packages
install, and every key and every pixel goes the way that a person's go.
"""

import os
import re

import gtk_demo
import pixels
from session import PATIENCE, Failure, Guest, Session, wait_for

GUESTS = [Guest("work", "blue", ["notes"], "pv"), Guest("untrusted", "red", ["terminal"])]
# The colours of those programs, which nothing else on the desktop has.
PAINTED = {"work": "204060", "untrusted": "603010"}
CANARY = f"{os.environ['BUILD_DIR']}/tests/xen/xen-canary"


def expect(condition, words):
    if not condition:
        raise Failure(words)


def places(session):
    return sorted((w["domain"], w["title"], *w["frame_px"].values()) for w in session.windows())


def middle(box):
    return box["x"] + box["width"] // 2, box["y"] + box["height"] // 2


def look(session, name):
    """The screen against what the compositor says of its windows: frames whole and exactly of the
    label's colour, contents inside of their own and nowhere else."""
    session.person.point(5, 795)  # off the frames
    picture = pixels.Picture(session.picture(f"{name}.png"))
    labels = {domain["name"]: domain["colour"] for domain in session.told("domains")}
    # Terminals have letters on their ground.
    if wrong := pixels.wrong_on(picture, session.windows(), labels, PAINTED, 0.85):
        raise Failure(wrong)


def canary(session):
    session.wait_for_dom0()
    expect("ok: canary" in session.output("xen-canary", 120), "the emulator loses registers")


def comes_up(session):
    session.window("work", "Notes")
    session.window("untrusted", "Terminal")
    journal = session.output("journalctl -b --no-pager -u leadlightd -t leadlight-session")
    for unwanted in ("Fontconfig error", "the compositor ended", "backs off"):
        expect(unwanted not in journal, f"the journal says: {unwanted}")


def pixels_in_their_frames(session):
    for window in session.windows()[::-1]:
        session.move(window["domain"], *{"work": (36, 64), "untrusted": (300, 340)}[window["domain"]])
    look(session, "pixels")


def keys_reach_one_guest(session):
    session.focus("work")
    session.person.type("for work alone\n")
    wait_for("it in work's file", lambda: set(session.typed("work")) == {"for work alone"})
    session.focus("untrusted")
    session.person.type("echo for untrusted alone >>typed\n")
    wait_for("it in untrusted's file", lambda: session.typed("untrusted") == ["for untrusted alone"])
    expect(set(session.typed("work")) == {"for work alone"}, "work has more than was typed into it")


def pointer_reaches_one_guest(session):
    # Each reports clicks to its program: to Notes as characters of its line.
    session.focus("untrusted")
    session.person.type("clicks\n")
    x, y = middle(session.window("untrusted")["content_px"])
    # Not before the program there has asked for clicks.
    def clicked():
        session.person.click(x, y)
        return any(line.startswith("clicked 0;") for line in session.typed("untrusted"))

    wait_for("a click in untrusted's file", clicked)
    session.focus("work")
    before = len(session.typed("work"))
    session.person.type("no click\n")
    wait_for("the next line of work", lambda: len(session.typed("work")) == before + 1)
    expect(session.typed("work")[-1] == "no click", f"work heard more: {session.typed('work')[-1]!r}")


def resized_by_its_frame(session):
    window = session.focus("work")
    before, frame = window["content_px"], window["frame_px"]
    corner = (frame["x"] + frame["width"] - 2, frame["y"] + frame["height"] - 2)
    session.person.drag(corner, (corner[0] + 90, corner[1] - 40))

    def resized():
        now = session.window("work")["content_px"]
        # A terminal draws whole characters: near to what was asked for.
        return abs(now["width"] - before["width"] - 90) < 16 and abs(before["height"] - now["height"] - 40) < 24

    wait_for("the window in its new size", resized)
    expect([session.window("work")["frame_px"][side] for side in "xy"] == [frame["x"], frame["y"]],
           "the other corner has moved")
    look(session, "resized")


def frames_map_nothing(session):
    window = session.focus("untrusted")["content_px"]
    # Its whole ground in one colour and another, without end.
    session.person.type("flicker\n")
    first = session.told("stats")
    def enough(start, frames):
        now = session.told("stats")
        return now if (now["damaged_pixels"] - start["damaged_pixels"] >=
                       frames * window["width"] * window["height"]) else None

    # Its buffers are granted with its first frames.
    start = wait_for("its first frames", lambda: enough(first, 4))
    after = wait_for("frames of full damage", lambda: enough(start, 20))
    session.move("untrusted", 340, 360)
    session.focus("work")
    session.focus("untrusted")
    moved = session.told("stats")
    for counter in ("map_calls", "unmap_calls", "pages"):
        expect(start[counter] == after[counter], f"frames changed {counter}: {start[counter]}, {after[counter]}")
        expect(after[counter] == moved[counter], f"moving changed {counter}: {after[counter]}, {moved[counter]}")
    session.person.key("ctrl-c")


def others_open_nothing(session):
    for device in ("gntdev", "privcmd", "hypercall", "evtchn"):
        session.output(f"test -c /dev/xen/{device}")
        status, _ = session.run(f"exec 3<>/dev/xen/{device}", user=True)
        expect(status != 0, f"the session's user opens {device}")
    _, groups = session.run("id -Gn", user=True)
    expect("leadlight" not in groups.split(), "the session's user is in leadlightd's group")
    # In the very session, not only as its user.
    status, _ = session.run("systemd-run --user --wait --quiet sh -c 'exec 3<>/dev/xen/gntdev'", user=True)
    expect(status != 0, "a unit of the session opens gntdev")


def popup_in_its_place(session):
    session.focus("untrusted", "Terminal")
    session.person.type("gtk4-demo &\n")
    session.window("untrusted", "GTK Demo")
    frame = session.focus("untrusted", "GTK Demo")["frame_px"]
    button = gtk_demo.menu_button(frame)
    session.person.click(*button)
    session.window("untrusted", kind="popup")
    picture = pixels.Picture(session.picture("popup.png"))
    popup = session.window("untrusted", kind="popup")["frame_px"]
    expect(popup["x"] <= button[0] < popup["x"] + popup["width"], f"the menu is beside its button: {popup}")
    expect(0 <= popup["y"] - button[1] < 60, f"the menu is not below its button: {popup}")
    red = {d["name"]: d["colour"] for d in session.told("domains")}["untrusted"].lstrip("#")
    expect(pixels.is_framed(picture, popup, red), "the menu's frame is not all around it")
    session.person.key("esc")
    wait_for("the menu to go", lambda: not session.windows("untrusted", "popup"))
    # By its frame: the button at its right end.
    session.person.click(frame["x"] + frame["width"] - 18, frame["y"] + 14)
    wait_for("GTK Demo to close", lambda: not [w for w in session.windows("untrusted") if "GTK" in w["title"]])


def runs_as_the_person(session):
    """An X11 program of a guest; agent and X server are the person's there, by the devices' group."""
    session.focus("untrusted", "Terminal")
    before = len(session.typed("untrusted"))
    # The shell in it would give it a title of its own.
    session.person.type("xterm -xrm '*allowTitleOps: false' -T Eleven &\n")
    session.window("untrusted", "Eleven", 120)
    session.focus("untrusted", "Eleven")
    session.picture("eleven.png")  # a person waits for the prompt, too
    session.person.type("cd; stat -c %U /proc/$(pidof leadlight-agent) /proc/$(pidof Xwayland) | sort -u >>typed\n")
    session.person.type("stat -c '%a %G' /dev/xen/gntalloc >>typed; echo $XDG_SESSION_TYPE $QT_QPA_PLATFORM >>typed\n")
    wait_for("three lines", lambda: len(session.typed("untrusted")) >= before + 3)
    said = session.typed("untrusted")[before:]
    expect(said == ["user", "660 leadlight-agent", "wayland wayland;xcb"], f"the guest says {said}")
    session.person.type("exit\n")
    wait_for("its window to go", lambda: not [w for w in session.windows("untrusted") if "Eleven" in w["title"]])


def compositor_killed(session):
    before = places(session)
    pid = session.output("pgrep -u user -x leadlight").strip()
    session.output(f"kill -9 {pid}")
    wait_for("another compositor", lambda: session.run("pgrep -u user -x leadlight")[1].strip() not in ("", pid))
    wait_for("the windows where they were", lambda: places(session) == before, PATIENCE)
    look(session, "compositor-killed")


def another_logs_in(session):
    """The sessions of both, by logind's names."""
    session.run("systemctl stop other")  # of an attempt before this one
    if session.run("id other")[0] != 0:
        session.output("useradd --create-home --uid 1001 --user-group other")
    # As a login manager does it on another terminal.
    session.output("systemd-run --quiet --collect --unit=other --property=PAMName=login --property=User=other "
                   "--property=TTYPath=/dev/tty5 --property=StandardInput=tty-fail "
                   "--setenv=XDG_SESSION_TYPE=wayland --setenv=XDG_SESSION_CLASS=user leadlight-session")

    def session_of(name):
        rows = [row.split() for row in session.output("loginctl list-sessions --no-legend").splitlines()]
        return next((row[0] for row in rows if row[2] == name and "seat0" in row), None)

    return session_of("user"), wait_for("the other session", lambda: session_of("other"))


def another_person_at_the_seat(session):
    """Who comes to the seat gets the guests, once the desktop before has unmapped every page of theirs."""
    before = places(session)
    first, other = another_logs_in(session)
    session.output(f"loginctl activate {other}")
    with session.seat_of(1001):
        for domain in PAINTED:
            session.window(domain)
        session.focus("work")
        session.person.type("for who sits there\n")
        wait_for("it in work's file", lambda: session.typed("work")[-1] == "for who sits there")
        look(session, "another-person")
    expect(not session.windows(), "the desktop before has windows still")
    expect(session.told("stats")["pages"] == 0, "the desktop before has pages still")

    session.output(f"loginctl activate {first}")
    wait_for("the windows where they were", lambda: places(session) == before)
    with session.seat_of(1001):
        expect(not session.windows(), "the other desktop has windows still")
    session.output("systemctl stop other")
    look(session, "back-at-the-seat")
    expect(places(session) == before, "the other's end has moved windows")


def desktop_that_does_not_leave(session):
    """One that stands still when another person comes: it keeps no pages, and is there again after them."""
    before = places(session)
    pid = session.output("pgrep -u user -x leadlight").strip()
    session.output(f"kill -STOP {pid}")
    first, other = another_logs_in(session)
    session.output(f"loginctl activate {other}")
    with session.seat_of(1001):
        for domain in PAINTED:
            session.window(domain)
    journal = session.output("journalctl -b --no-pager -u leadlightd")
    expect("has not let go of its pages in time: it is killed" in journal, "leadlightd says nothing of it")
    expect(session.run(f"test -e /proc/{pid}")[0] != 0, "it lives")
    session.output(f"loginctl activate {first}")
    wait_for("the windows where they were", lambda: places(session) == before)
    session.output("systemctl stop other")


def agent_killed(session):
    others = [w["id"] for w in session.windows("work")]
    before = [w["id"] for w in session.windows("untrusted")]
    session.focus("untrusted", "Terminal")
    session.person.type("kill -9 $(pidof leadlight-agent)\n")

    def is_back():
        now = session.windows("untrusted")
        return now and now[0]["visible"] and [w["id"] for w in now] != before

    wait_for("its programs, started anew", is_back, PATIENCE)
    expect([w["id"] for w in session.windows("work")] == others, "work's windows are others")


def guest_rebooted(session):
    before = session.output("xl domid work").strip()
    session.output("xl reboot work")
    wait_for("another domain id", lambda: session.run("xl domid work")[1].strip() not in ("", before)
             and session.run("xl domid work")[0] == 0, PATIENCE)
    session.window("work", "Notes")
    domain = next(d for d in session.told("domains") if d["name"] == "work")
    expect(domain["label"] == "blue", f"it came back as {domain['label']}")
    expect(domain["address"].split(":")[1] != before, f"it is at {domain['address']}")
    look(session, "rebooted")


def guest_destroyed(session):
    session.output("xl destroy untrusted")
    wait_for("its windows to go", lambda: not session.windows("untrusted"), 5)
    picture = pixels.Picture(session.picture("destroyed.png"))
    everywhere = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    own = bytes.fromhex(PAINTED["untrusted"])
    expect(picture.share(own, picture.pixels(everywhere)) == 0, "its pixels are on the screen")
    # A page of it that is still mapped would keep it as "(null)".
    wait_for("nothing left of it", lambda: not re.search(r"^(untrusted|\(null\)) ", session.output("xl list"), re.M), 10)


def powered_off(session):
    session.power_off()


SCENARIOS = [canary, comes_up, pixels_in_their_frames, keys_reach_one_guest, pointer_reaches_one_guest,
             resized_by_its_frame, frames_map_nothing, others_open_nothing, popup_in_its_place,
             runs_as_the_person, compositor_killed, another_person_at_the_seat, desktop_that_does_not_leave,
             agent_killed, guest_rebooted, guest_destroyed, powered_off]


def run(report, folder, disks):
    """Everything in one machine."""
    os.makedirs(folder, exist_ok=True)
    try:
        with Session(folder, GUESTS, disks, programs=[CANARY]) as session:
            run_all(report, session)
    # The machine itself: what the other parts found is still to be told.
    except Exception as failure:  # pylint: disable=broad-except
        report.lost(in_one_line(failure))


def run_all(report, session):
    """A scenario that fails leaves what it can to the next."""
    for scenario in SCENARIOS:
        name = "session-" + scenario.__name__.replace("_", "-")
        report.mark("begin", name)
        try:
            note = attempt(session, scenario)
        # Whatever it is: the rest is still to be tried, and what there is to be kept.
        except Exception as failure:  # pylint: disable=broad-except
            report.mark("fail", name, in_one_line(failure))
            if session.emulator.poll() is None:
                session.keep_evidence(f"failed-{name}.png")
            if scenario in (canary, comes_up) or session.emulator.poll() is not None:
                return
        else:
            report.mark("pass", name, note)


def attempt(session, scenario):
    """Once more, where the emulator reset a guest in the midst of it (docs/test-report.md)."""
    resets = session.resets() if scenario is not canary else 0
    try:
        scenario(session)
        return ""
    except Failure:
        if session.emulator.poll() is not None or session.resets() == resets:
            raise
    for guest in session.guests:
        session.window(guest.name)
    scenario(session)
    return "the second time, a guest was reset"


def in_one_line(failure):
    return " ".join(f"{type(failure).__name__}: {failure}".split())
