# SPDX-License-Identifier: MIT
"""What is asserted of the whole machine, in one boot: ./dev test xen session

The other parts prove the pieces with programs of their own; here all of it is what the packages
install, and every key and every pixel goes the way that a person's go.
"""

import contextlib
import os
import re
import time

import gtk_demo
import pixels
from session import PATIENCE, SOURCE, Failure, Guest, Session, wait_for

GUESTS = [Guest("work", "blue", ["notes"], "pv"), Guest("untrusted", "red", ["terminal"])]
# The colours of those programs, which nothing else on the desktop has.
PAINTED = {"work": "204060", "untrusted": "603010"}
CANARY = f"{os.environ['BUILD_DIR']}/tests/xen/xen-canary"
# For what must not come, after what must has come.
A_MOMENT = 1.0
# A press and its release, as a terminal reports them to its program.
CLICK = re.compile(r"\x1b\[<0;\d+;\d+M\x1b\[<0;\d+;\d+m")


def expect(condition, words):
    if not condition:
        raise Failure(words)


def places(session):
    return sorted((w["domain"], w["title"], *w["frame_px"].values()) for w in session.windows())


def places_before(session):
    """To compare with later: of each guest there is a window, or nothing would be compared with nothing."""
    before = places(session)
    expect({domain for domain, *_ in before} == set(PAINTED), f"the windows are {before}")
    return before


def ids(session, domain=None):
    return {window["id"] for window in session.windows(domain)}


def compositor(session):
    return session.output("pgrep -u user -x leadlight").strip()


def state_of(session, domain):
    return next(each["state"] for each in session.told("domains") if each["name"] == domain)


def middle(box):
    return box["x"] + box["width"] // 2, box["y"] + box["height"] // 2


def look(session, name, painted=None):
    """The screen against what the compositor says of its windows: frames whole and exactly of the
    label's colour, contents inside of their own and nowhere else."""
    session.person.point(5, 795)  # off the frames
    picture = pixels.Picture(session.picture(f"{name}.png"))
    # Terminals have letters on their ground.
    if wrong := pixels.wrong_on(picture, session.windows(), session.colours, painted or PAINTED, 0.85):
        raise Failure(wrong)
    return picture


def lines_so_far(session):
    return {domain: len(session.typed(domain)) for domain in PAINTED}


def heard_since(session, before):
    """The lines that each guest's program has written down since lines_so_far()."""
    return {domain: session.typed(domain)[lines:] for domain, lines in before.items()}


def in_the_session(session, command):
    """What a program of the person's session prints: one of its units, not only of its user."""
    return session.output(f"systemd-run --user --wait --pipe --quiet {command}", user=True)


@contextlib.contextmanager
def listening(session):
    """Untrusted's shell runs what work's window has: a program that writes down all that it hears."""
    session.focus("untrusted", "Terminal")
    heard = len(session.typed("untrusted"))
    session.person.type("notes inside\nlistens\n")
    wait_for("untrusted to listen", lambda: session.typed("untrusted")[heard:] == ["listens"])
    try:
        yield
    finally:
        session.focus("untrusted", "Terminal")
        session.person.key("ctrl-c")


def canary(session):
    session.wait_for_dom0()
    expect("ok: canary" in session.output("xen-canary", 120), "the emulator loses registers")


def comes_up(session):
    session.window("work", "Notes")
    session.window("untrusted", "Terminal")
    journal = session.output("journalctl -b --no-pager -o cat "
                             "_SYSTEMD_UNIT=leadlightd.service + SYSLOG_IDENTIFIER=leadlight-session")
    # Both are heard, or that they do not complain would say nothing.
    for wanted in ("is served", "the desktop runs"):
        expect(wanted in journal, f"the journal does not say: {wanted}")
    for unwanted in ("Fontconfig error", "the compositor ended", "its warden", "connection closed"):
        expect(unwanted not in journal, f"the journal says: {unwanted}")
    # Debian has two, and starts the one that it prefers.
    xenstored = session.output("ps -o comm= -C oxenstored,xenstored").split()
    expect(len(xenstored) == 1, f"xenstore is served by {xenstored}")
    return f"{xenstored[0]} serves xenstore"


def read_package_file(name, pattern):
    """What it sets, by its lines in the repository."""
    with open(f"{SOURCE}/system/guest/{name}", encoding="utf-8") as file:
        found = re.findall(pattern, file.read(), re.M)
    expect(found, f"nothing is found in {name}")
    return found


def set_in_guests():
    """By the agent's package: files of a guest, and what they say, or a device's mode and group."""
    wanted = {}
    for module, options in read_package_file("leadlight-agent.modprobe.conf", r"^options (\S+) (.*)$"):
        for name, value in (option.split("=") for option in options.split()):
            wanted[f"/sys/module/{module.replace('-', '_')}/parameters/{name}"] = value
    wanted |= read_package_file("leadlight-agent.tmpfiles.conf", r"^w (\S+) - - - - (.*)$")
    for device, group, mode in read_package_file("60-leadlight-agent.rules",
                                                 r'KERNEL=="([^"]+)", GROUP="([^"]+)", MODE="0?(\d+)"'):
        wanted[f"/dev/{device}"] = f"{mode} {group}"
    return wanted


def as_the_packages_say(session):
    """What they set holds in the guests, for Xen and for the compositor."""
    wanted = set_in_guests()
    for name in PAINTED:
        def all_told(name=name):
            told = dict(line.split(":", 1) for line in session.said(name, "settings"))
            return told if told.keys() >= wanted.keys() else None

        told = wait_for(f"{name} to say {', '.join(wanted)}", all_told)
        for what, value in wanted.items():
            expect(told[what] == value, f"in {name} {what} is {told[what]}, not {value}")
    # As GRUB would have it, which is not what starts this machine.
    asked = session.output(". /etc/default/grub.d/zz-leadlight.cfg && echo $GRUB_CMDLINE_XEN_DEFAULT").split()
    started = session.output("xl info | sed -n 's/^xen_commandline *: //p'").split()
    expect(asked and set(asked) <= set(started), f"Xen is to be started with {asked}, and it was with {started}")
    program = session.output("stat -c '%a %U %G' /usr/bin/leadlight").strip()
    expect(program == "2755 root leadlight", f"the compositor's program is {program}")


def pixels_in_their_frames(session):
    for window in session.windows()[::-1]:
        session.move(window["domain"], *{"work": (36, 64), "untrusted": (300, 340)}[window["domain"]])
    look(session, "pixels")


def keys_reach_one_guest(session):
    with listening(session):
        before = lines_so_far(session)
        # The last one would begin with what work heard of the second one, were it only a part of it.
        lines = [("work", "for work alone"), ("untrusted", "for untrusted alone"), ("work", "and again")]
        for domain, line in lines:
            session.focus(domain)
            session.person.type(f"{line}\n")
        wait_for("the lines of work", lambda: len(heard_since(session, before)["work"]) >= 2)
        time.sleep(A_MOMENT)
        for domain, heard in heard_since(session, before).items():
            expect(heard == [line for whose, line in lines if whose == domain], f"{domain} heard {heard}")


def pointer_reaches_one_guest(session):
    """Each in turn is clicked into. To a program that listens a click is characters of its line; one
    that was not told of it has an empty line."""
    with listening(session):
        for clicked in PAINTED:
            before = lines_so_far(session)
            session.focus(clicked)
            session.person.click(*middle(session.window(clicked)["content_px"]))
            time.sleep(A_MOMENT)
            for domain in PAINTED:
                session.focus(domain)
                session.person.type("\n")
            wait_for("a line of each", lambda: all(heard_since(session, before).values()))
            for domain, heard in heard_since(session, before).items():
                line = heard[0] if len(heard) == 1 else None
                is_right = line is not None and (CLICK.fullmatch(line) if domain == clicked else line == "")
                expect(is_right, f"of a click into {clicked} {domain} heard {heard}")


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
    expect(start["map_calls"] > 0 and start["pages"] > 0, f"nothing is mapped: {start}")
    for counter in ("map_calls", "unmap_calls", "pages"):
        expect(start[counter] == after[counter], f"frames changed {counter}: {start[counter]}, {after[counter]}")
        expect(after[counter] == moved[counter], f"moving changed {counter}: {after[counter]}, {moved[counter]}")
    session.person.key("ctrl-c")


def others_open_nothing(session):
    """A program of the session reaches nothing of Xen, and nothing that the compositor holds. Root does;
    and a program of the session reaches others of the person's: the compositor's parent is one."""
    program = f"reach {compositor(session)}"
    ways = ("lists what it holds", "opens what it holds", "takes what it holds", "traces it")
    needed = {f"/dev/xen/{name}" for name in ("evtchn", "gntdev", "hypercall", "privcmd", "xenbus")}
    needed |= {"/dev/null", "/proc/xen/privcmd", "/proc/xen/xenbus", "/run/xenstored/socket"}
    needed |= {f"{whose}: {way}" for whose in ("compositor", "its parent") for way in ways}
    by_root = set(session.output(program).splitlines())
    expect(by_root >= needed, f"root does not reach {sorted(needed - by_root)}")
    reached = set(in_the_session(session, program).splitlines())
    own = {"/dev/null", *(f"its parent: {way}" for way in ways)}
    expect(reached == own, f"a program of the session reaches {sorted(reached)}")

    session.output("xenstore-ls >/dev/null")
    expect(session.run("xenstore-ls", user=True)[0] != 0, "the session's user reads xenstore")
    groups = in_the_session(session, "id -Gn").split()
    expect("user" in groups and "leadlight" not in groups, f"the session's user is in the groups {groups}")


def wardens_are_apart(session):
    """Each is a user that nobody else is, in a control group of its own below leadlightd's."""
    unit = session.output("systemctl show --property=ControlGroup --value leadlightd").strip()
    wait_for("both guests to be connected", lambda: all(state_of(session, d) == "connected" for d in PAINTED))
    # A process's name has 15 characters; /proc/PID itself is root's where a process is not dumpable.
    rows = session.output("for pid in $(pgrep -x leadlight-warde); do echo "
                          "$(sed -n 's/^Uid:\t//p' /proc/$pid/status) $(cat /proc/$pid/cgroup) "
                          "$(tr '\\0' ' ' </proc/$pid/cmdline); done")
    users, groups, domains = set(), set(), []
    for *own, group, command in (row.split(maxsplit=5) for row in rows.splitlines()):
        expect(len(set(own)) == 1, f"a warden is the users {own}")
        expect(not {"0", str(session.at_the_seat)} & set(own), f"a warden is user {own[0]}")
        expect(unit and group.startswith(f"0::{unit}/"), f"a warden is in {group}, and leadlightd in {unit}")
        users |= set(own)
        groups.add(group)
        domains += re.findall(r"--domain (\S+)", command)
    expect(sorted(domains) == sorted(PAINTED), f"there are wardens of {domains}")
    expect(len(users) == len(groups) == len(domains), f"wardens share a user or a group: {users}, {groups}")


def guest_paused(session):
    """At the person's request, which leadlightd carries out with the few rights of its unit."""
    def is_paused():
        return session.output("xl list work").splitlines()[1].split()[4][2] == "p"

    before = places_before(session)
    expect(not is_paused(), "it is paused already")
    try:
        session.output("leadlightctl domain pause work", user=True)
        wait_for("Xen to pause it", is_paused)
        wait_for("the compositor to know", lambda: state_of(session, "work") == "paused")
        expect(places(session) == before, "its windows have moved")
        session.output("leadlightctl domain unpause work", user=True)
        wait_for("Xen to let it go on", lambda: not is_paused())
    except Failure:
        session.run("xl unpause work")  # for who comes after
        raise
    wait_for("it to be connected", lambda: state_of(session, "work") == "connected")
    session.focus("work")
    heard = len(session.typed("work"))
    session.person.type("goes on\n")
    wait_for("it in work's file", lambda: session.typed("work")[heard:] == ["goes on"])


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
    if wrong := pixels.unframed(picture, session.windows(), session.colours):
        raise Failure(wrong)
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
    before = places_before(session)
    pid = compositor(session)
    session.output(f"kill -9 {pid}")
    wait_for("another compositor", lambda: session.run("pgrep -u user -x leadlight")[1].strip() not in ("", pid))
    wait_for("the windows where they were", lambda: places(session) == before, PATIENCE, gap=True)
    look(session, "compositor-killed")


def leadlightd_killed(session):
    """And all wardens with it. Its unit starts it again, and the windows come back to where they were, to
    a compositor that is the same."""
    def main_process():
        return session.output("systemctl show --property=MainPID --value leadlightd").strip()

    before, windows, pid = places_before(session), ids(session), main_process()
    session.output("systemctl kill --signal=KILL leadlightd")
    wait_for("another leadlightd", lambda: main_process() not in ("0", pid))
    # By new connections: until its end is noticed, windows are those of before.
    wait_for("the windows where they were", lambda: not windows & ids(session) and places(session) == before, 180)


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
    before = places_before(session)
    first, other = another_logs_in(session)
    session.output(f"loginctl activate {other}")
    with session.seat_of(1001):
        for domain in PAINTED:
            session.window(domain)
        session.focus("work")
        heard = len(session.typed("work"))
        session.person.type("for who sits there\n")
        wait_for("it in work's file", lambda: session.typed("work")[heard:] == ["for who sits there"])
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


def desktop_that_does_not_leave(session, meanwhile=None):
    """One that stands still when another person comes: it keeps no pages, and is there again after them."""
    before = places_before(session)
    pid = compositor(session)
    session.output(f"kill -STOP {pid}")
    if meanwhile:
        session.output(meanwhile)
    first, other = another_logs_in(session)
    session.output(f"loginctl activate {other}")
    with session.seat_of(1001):
        for domain in PAINTED:
            session.window(domain)
    journal = session.output("journalctl -b --no-pager -u leadlightd")
    expect("has not let go of its pages in time: it is killed" in journal, "leadlightd says nothing of it")
    expect(session.run(f"test -e /proc/{pid}")[0] != 0, "it lives")
    session.output(f"loginctl activate {first}")
    wait_for("the windows where they were", lambda: places(session) == before, gap=True)
    session.output("systemctl stop other")


def desktop_that_outlives_leadlightd(session):
    """The next leadlightd knows of it by what systemd kept, and serves nobody before."""
    desktop_that_does_not_leave(session, meanwhile="systemctl kill -s KILL leadlightd")


def agent_killed(session):
    others, before = ids(session, "work"), ids(session, "untrusted")
    expect(others and before, "a guest has no window")
    session.focus("untrusted", "Terminal")
    session.person.type("kill -9 $(pidof leadlight-agent)\n")

    def is_back():
        now = session.windows("untrusted")
        return now and now[0]["visible"] and not before & {window["id"] for window in now}

    wait_for("its programs, started anew", is_back, PATIENCE)
    expect(ids(session, "work") == others, "work's windows are others")


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
    """Nothing of it is left, and the other guest's windows are as they were."""
    def is_listed():
        # A page of it that is still mapped would keep it as "(null)".
        return re.search(r"^(untrusted|\(null\)) ", session.output("xl list"), re.M)

    pid, others = compositor(session), [place for place in places_before(session) if place[0] == "work"]
    expect(is_listed(), "Xen does not list it")
    session.output("xl destroy untrusted")
    wait_for("its windows to go", lambda: not session.windows("untrusted"), 5)
    picture = look(session, "destroyed", {"work": PAINTED["work"]})
    everywhere = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    own = bytes.fromhex(PAINTED["untrusted"])
    expect(picture.share(own, picture.pixels(everywhere)) == 0, "its pixels are on the screen")
    wait_for("nothing left of it", lambda: not is_listed(), 10)
    expect(places(session) == others, "the other guest's windows have moved")
    expect(compositor(session) == pid, "another compositor runs now")


def powered_off(session):
    session.power_off()


SCENARIOS = [canary, comes_up, as_the_packages_say, pixels_in_their_frames, keys_reach_one_guest,
             pointer_reaches_one_guest, resized_by_its_frame, frames_map_nothing, others_open_nothing,
             wardens_are_apart, guest_paused, popup_in_its_place, runs_as_the_person, compositor_killed,
             leadlightd_killed, another_person_at_the_seat, desktop_that_does_not_leave,
             desktop_that_outlives_leadlightd, agent_killed, guest_rebooted, guest_destroyed, powered_off]
# What a compositor does not outlive, and where there is none before.
ENDS_THE_COMPOSITOR = [canary, comes_up, compositor_killed, desktop_that_does_not_leave,
                       desktop_that_outlives_leadlightd, powered_off]


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
                session.keep_evidence(f"failed-{name}")
            if scenario in (canary, comes_up) or session.emulator.poll() is not None:
                return
        else:
            report.mark("pass", name, note)


def attempt(session, scenario):
    """What is to be said of it. Once more, where the emulator reset a guest in the midst of it
    (docs/test-report.md)."""
    resets = session.resets() if scenario is not canary else 0
    try:
        return once(session, scenario)
    except Failure:
        if session.emulator.poll() is not None or session.resets() == resets:
            raise
    for guest in session.guests:
        session.window(guest.name)
    once(session, scenario)
    return "the second time, a guest was reset"


def once(session, scenario):
    """Whatever becomes of guests, the compositor stays: its next one would have the windows, too."""
    before = None if scenario in ENDS_THE_COMPOSITOR else compositor(session)
    note = scenario(session)
    expect(before is None or compositor(session) == before, "another compositor runs now")
    return note or ""


def in_one_line(failure):
    return " ".join(f"{type(failure).__name__}: {failure}".split())
