# SPDX-License-Identifier: MIT
"""A whole machine: Xen, a dom0 with Leadlight on the emulated screen, guests from one template.

Both systems are disks that scripts/systems.sh made of Debian roots by installing the packages. What
differs from boot to boot travels in the initramfs: labels, the guests' configurations.
"""

import contextlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(f"{HERE}/systems")

import early
import hypervisor
import images
from person import HEIGHT, WIDTH, Person

MEMORY, DOM0_MEMORY, GUEST_MEMORY = "5G", "1800M", 700
# How long anything may take when the emulator has the machine to itself, and when it has not.
PATIENCE = 600
SOURCE = os.environ.get("SOURCE_DIR", os.path.dirname(os.path.dirname(HERE)))
# What a failure is looked into with: the name of a file, and a question to dom0.
EVIDENCE = [
    ("processes", "ps -eo pid,ppid,user:12,stat,wchan:24,args"),  # which xenstored it is, too
    ("domains", "xl list -v"),
    ("desktop", "runuser -u user -- env XDG_RUNTIME_DIR=/run/user/1000 "
                "sh -c 'leadlightctl domains; leadlightctl windows; leadlightctl stats'"),
    ("xen-dmesg", "xl dmesg"),
    ("xen-logs", "tail -n +1 /var/log/xen/*"),
    ("xenstore", "xenstore-ls -f"),
    ("journal", "journalctl --no-pager -b -n 5000"),
]


class Failure(Exception):
    """What did not happen, in one line."""


class NoAnswer(Failure):
    """No compositor answers leadlightctl, which is not that there are no windows."""


def wait_for(what, condition, seconds=60.0, gap=False):
    """The first true value of condition(), which is asked until the time is over. With `gap` there
    may be no compositor to ask for a while; otherwise it is a failure at once."""
    end, pause = time.monotonic() + seconds, 0.5
    while True:
        words = ""
        try:
            if value := condition():
                return value
        except NoAnswer as failure:
            if not gap:
                raise
            words = f" ({failure})"
        if time.monotonic() > end:
            raise Failure(f"waited {seconds:.0f} s in vain: {what}{words}")
        time.sleep(pause)
        # A question starts programs in dom0, on the processors that the guests are to boot by.
        pause = min(pause * 1.2, 3)


def standard_labels():
    """Colours ("rrggbb") of the labels that every configuration may name, by theming's own table."""
    with open(f"{SOURCE}/theming/label.cpp", encoding="utf-8") as file:
        rows = re.findall(r'{"(\w+)", {0x(\w\w), 0x(\w\w), 0x(\w\w)}, Pattern::', file.read())
    if not rows:
        raise Failure("no label is found in theming/label.cpp")
    return {name: "".join(channels) for name, *channels in rows}


class Shell:
    """One of root's in dom0, on a port of the emulator: one question after the other."""

    def __init__(self, port: socket.socket):
        self._port = port
        self._heard, self._asked = b"", 0

    def tell(self, words):
        self._port.sendall(f"{words}\n".encode())

    def run(self, command, seconds):
        """(status, output)"""
        self._asked += 1
        # The marks are put together by the shell, so that an echo of the command is not taken for
        # them. The first: what an earlier one says when nobody waits for it any more is not this one's.
        begin, end = f"@begin{self._asked}@", re.compile(rb"@end%d@ (\d+) @@\r?\n" % self._asked)
        deadline = time.monotonic() + seconds
        try:
            self._port.settimeout(seconds)
            self.tell(f"echo {begin[:-1]}'@'; ({command}) </dev/null 2>&1; echo @end{self._asked}'@' $? @@")
            while not (found := end.search(self._heard)):
                if (left := deadline - time.monotonic()) <= 0:
                    raise TimeoutError
                self._port.settimeout(left)
                if not (block := self._port.recv(65536)):
                    raise Failure("the emulator ended: see console.log")
                self._heard += block
        except TimeoutError:
            raise Failure(f"no answer within {seconds} s: {command}") from None
        output, self._heard = self._heard[: found.start()], self._heard[found.end() :]
        words = output.decode(errors="replace").replace("\r\n", "\n")
        return int(found[1]), words.partition(f"{begin}\n")[2]


class Guest:
    def __init__(self, name, label, programs, kind="pvh"):
        self.name, self.label, self.programs, self.kind = name, label, programs, kind

    def configuration(self, shell):
        return (
            f'name = "{self.name}"\ntype = "{self.kind}"\nmemory = {GUEST_MEMORY}\nvcpus = 1\n'
            'kernel = "/var/lib/leadlight-lab/kernel"\nramdisk = "/var/lib/leadlight-lab/initrd"\n'
            'disk = ["format=raw, vdev=xvda, access=ro, script=block-whole, target=/dev/vdb"]\n'
            'tsc_mode = "native"\n'
            'extra = "console=hvc0 quiet lab.disk=/dev/xvda systemd.show_status=no '
            f'systemd.hostname={self.name} lab.autostart={",".join(self.programs)}'
            f'{" lab.shell" if shell else ""}"\n'
        ).encode()


class Session:
    """The machine that is up. `person` is at it; commands run in its dom0, which has `programs` too."""

    def __init__(self, folder, guests, disks, shell=False, programs=()):
        self.folder, self.guests, self.shell = os.path.abspath(folder), guests, shell
        labels = standard_labels()
        # What each guest's frames look like, "rrggbb".
        self.colours = {guest.name: labels[guest.label] for guest in guests}
        os.makedirs(folder, exist_ok=True)
        tree = early.tree("dom0")
        for path in programs:
            tree.built(path, f"/over/usr/local/bin/{os.path.basename(path)}")
        settings = "".join(f'[domain.{g.name}]\nlabel = "{g.label}"\n' for g in guests)
        tree.file("/over/etc/leadlight/leadlight.toml", settings.encode())
        # Started in this order. PVH guests last: while another domain is made, the first instructions
        # of one end in a triple fault at times under this emulator, and Xen starts it over.
        for index, each in enumerate(sorted(guests, key=lambda guest: guest.kind == "pvh")):
            tree.file(f"/over/etc/xen/auto/{index}-{each.name}.cfg", each.configuration(shell))
        for name, content in (("xen", images.xen()), ("initrd", tree.archive())):
            with open(self.path(name), "wb") as file:
                file.write(content)
        self.console = open(self.path("console.log"), "wb")
        self.emulator = subprocess.Popen(
            self._command(disks), stdin=subprocess.DEVNULL, stdout=self.console, stderr=subprocess.STDOUT
        )
        try:
            self.person = Person(self.connect("hands"))
            self._lab = Shell(self.connect("lab"))
            # From the beginning: a shell ends when nobody is at the other end of its port.
            self._spare = Shell(self.connect("spare"))
        except BaseException:
            self._end()
            raise
        # Whose desktop it is that is asked, by a user's number: the one who logged in.
        self.at_the_seat = 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end()

    def _end(self):
        self.emulator.kill()
        self.emulator.wait()
        self.console.close()

    def path(self, name):
        return f"{self.folder}/{name}"

    def _command(self, disks):
        drives, ports = [], ["-device", "virtio-serial-pci"]
        for name in ("dom0", "template"):
            drives += ["-drive", f"if=none,id={name},format=raw,readonly=on,file={disks[name]}",
                       "-device", f"virtio-blk-pci,drive={name}"]
        for name in ("lab", "spare", "shell"):
            ports += ["-chardev", f"socket,id={name},path={self.path(name)},server=on,wait=off",
                      "-device", f"virtserialport,chardev={name},name={name}"]
        ports += ["-chardev", f"file,id=consoles,path={self.path('guests.log')}",
                  "-device", "virtserialport,chardev=consoles,name=consoles"]
        display = ["-vnc", f"unix:{self.path('screen')}"] if self.shell else ["-display", "none"]
        return [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-machine", "pc,i8042=off", "-cpu", "max",
            "-m", MEMORY, "-smp", "2", *display, "-no-reboot", "-nodefaults", "-serial", "stdio",
            "-device", f"VGA,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-keyboard-pci", "-device", "virtio-tablet-pci",
            "-monitor", f"unix:{self.path('monitor')},server,nowait",
            "-qmp", f"unix:{self.path('hands')},server,nowait", *ports, *drives,
            "-kernel", self.path("xen"),
            "-initrd", f"{images.kernel()} console=hvc0 quiet lab.disk=/dev/vda systemd.show_status=no,"
                       f"{self.path('initrd')}",
            "-append", hypervisor.command_line(DOM0_MEMORY),
        ]  # fmt: skip

    def connect(self, name):
        """A socket to one of the emulator's ports."""
        def once():
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(self.path(name))
                return connection
            except OSError:
                connection.close()
                if self.emulator.poll() is not None:
                    raise Failure("the emulator ended: see console.log") from None
                return None

        return wait_for(f"the emulator's {name}", once, 20)

    # dom0

    def run(self, command, seconds=60, user=False):
        """(status, output) of a shell command in dom0, by root or by the person."""
        if user:
            user = self.at_the_seat
            command = (f"setpriv --reuid {user} --regid {user} --init-groups "
                       f"env XDG_RUNTIME_DIR=/run/user/{user} sh -c {shlex.quote(command)}")
        return self._lab.run(command, seconds)

    def output(self, command, seconds=60, user=False):
        """What a command that must succeed prints."""
        status, output = self.run(command, seconds, user)
        if status != 0:
            raise Failure(f"{command}: {output.strip() or status}")
        return output

    def wait_for_dom0(self):
        # The port swallows what is written before its other end is open.
        def answers():
            try:
                return self.run("true", 2)[0] == 0
            except Failure:
                if self.emulator.poll() is not None:
                    raise
                return False

        wait_for("dom0's shell", answers, PATIENCE)

    @contextlib.contextmanager
    def seat_of(self, user):
        """Another person is at the seat; then the one before again."""
        before, self.at_the_seat = self.at_the_seat, user
        try:
            yield
        finally:
            self.at_the_seat = before

    # The desktop, by leadlightctl

    def told(self, what):
        """leadlightctl's answer. There must be one: none would be taken for nothing."""
        status, output = self.run(f"leadlightctl {what} --json", user=True)
        if status != 0:
            raise NoAnswer(f"leadlightctl {what}: {output.strip() or status}")
        return json.loads(output)

    def windows(self, domain=None, kind=None):
        """From the lowest to the topmost."""
        return [w for w in self.told("windows")
                if domain in (None, w["domain"]) and kind in (None, w["kind"])]

    def window(self, domain, title="", seconds=PATIENCE, kind="toplevel"):
        def shown():
            return next((w for w in self.windows(domain, kind) if w["visible"] and title in w["title"]), None)

        return wait_for(f"a {kind} of {domain} {title}", shown, seconds, gap=True)

    def grip(self, domain, title):
        """A place on its title bar, between name and buttons, that no window covers."""
        window, windows = self.window(domain, title), self.windows()
        above = [other["frame_px"] for other in windows[[w["id"] for w in windows].index(window["id"]) + 1 :]]
        frame = window["frame_px"]
        y = frame["y"] + 12
        for x in range(frame["x"] + frame["width"] - 90, frame["x"] + 8, -8):
            if not any(0 <= x - box["x"] < box["width"] and 0 <= y - box["y"] < box["height"] for box in above):
                return x, y
        raise Failure(f"the title of {domain}'s {window['title']} is covered")

    def focus(self, domain, title=""):
        """Clicks on the title of its window, if it has not the keyboard already."""
        def focused():
            window = self.window(domain, title)
            if not window["focused"]:
                self.person.click(*self.grip(domain, title))
                window = self.window(domain, title)
            return window if window["focused"] else None

        return wait_for(f"{domain} to have the keyboard", focused)

    def move(self, domain, x, y, title=""):
        """By its frame, so that the frame's corner is there."""
        frame, grip = self.window(domain, title)["frame_px"], self.grip(domain, title)
        self.person.drag(grip, (grip[0] + x - frame["x"], grip[1] + y - frame["y"]))

        def there():
            now = self.window(domain, title)["frame_px"]
            return abs(now["x"] - x) <= 2 and abs(now["y"] - y) <= 2

        wait_for(f"{domain}'s window at {x}, {y}", there, 20)

    def picture(self, name):
        """Of the screen, when nothing on it changes any more."""
        before = None

        def still():
            nonlocal before
            time.sleep(2)  # what is drawn under emulation takes its time between two frames
            with open(self.person.picture(self.path(name)), "rb") as file:
                now = file.read()
            same, before = now == before, now
            return same

        wait_for("the screen to stand still", still)
        return self.path(name)

    def said(self, domain, what):
        """By a guest on its console since it booted, by a program of the template's: say-WHAT."""
        console = self.output(f"cat /var/log/xen/guest-{domain}.log").rpartition("@boots@")[2]
        return re.findall(rf"@{what} (.*?)@", console)

    def typed(self, domain):
        """The lines in the file that the person typed into in that guest."""
        return self.said(domain, "typed")

    def resets(self):
        """How often Xen took a guest for crashed: see docs/test-report.md."""
        return int(self.run("xl dmesg | grep -c 'Triple fault'")[1])

    # Its end

    def keep_evidence(self, name):
        """What a failure is looked into with, as much of it as the machine still gives, in a folder."""
        folder = self.path(name)
        os.makedirs(folder, exist_ok=True)
        try:
            self.person.picture(f"{folder}/screen.png")
        except (OSError, EOFError, ValueError) as failure:
            print(f"xen: no picture in {name}: {failure}", file=sys.stderr)
        shells = [self._lab, self._spare]
        for file, question in EVIDENCE:
            output = "dom0 answers no more"
            while shells:
                # What is asked may be what hangs, and the shell that waits for it.
                try:
                    _, output = shells[0].run(f"timeout -k 1 10 sh -c {shlex.quote(question)}", 15)
                    break
                except (Failure, OSError) as failure:
                    output = str(failure)
                    shells.pop(0)
            with open(f"{folder}/{file}.log", "w", encoding="utf-8") as log:
                log.write(output)
        if shells == [self._spare]:
            # What follows asks the other one.
            self._spare.tell("systemctl restart --no-block lab@lab.service")

    def power_off(self):
        self._lab.tell("systemctl poweroff")
        try:
            self.emulator.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"dom0 did not power off within {PATIENCE} s") from None
        # With -no-reboot the emulator ends as well when dom0 or Xen crash. Linux says this as an emergency,
        # which `quiet` does not hold back; Xen's own words are below its loglvl.
        with open(self.path("console.log"), "rb") as log:
            if b"reboot: Power down" not in log.read():
                raise Failure("the emulator ended, and dom0 did not say that it powers down: see console.log")
