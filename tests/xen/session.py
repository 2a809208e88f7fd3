# SPDX-License-Identifier: MIT
"""A whole machine: Xen, a dom0 with Leadlight on the emulated screen, guests from one template.

Both systems are disks that scripts/systems.sh made of Debian roots by installing the packages. What
differs from boot to boot travels in the initramfs: labels, the guests' configurations.
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time

sys.path.append(f"{os.path.dirname(os.path.abspath(__file__))}/systems")

import early
import hypervisor
import images
from person import HEIGHT, WIDTH, Person

MEMORY, DOM0_MEMORY, GUEST_MEMORY = "5G", "1800M", 700
# How long anything may take when the emulator has the machine to itself, and when it has not.
PATIENCE = 600


class Failure(Exception):
    """What did not happen, in one line."""


def wait_for(what, condition, seconds=60.0):
    """The first true value of condition(), which is asked until the time is over."""
    end, pause = time.monotonic() + seconds, 0.5
    while not (value := condition()):
        if time.monotonic() > end:
            raise Failure(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(pause)
        # A question starts programs in dom0, on the processors that the guests are to boot by.
        pause = min(pause * 1.2, 3)
    return value


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
            self._lab = self.connect("lab")
        except BaseException:
            self._end()
            raise
        self._answers, self._serial = b"", 0
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
        for name in ("lab", "shell"):
            ports += ["-chardev", f"socket,id={name},path={self.path(name)},server=on,wait=off",
                      "-device", f"virtserialport,chardev={name},name={name}"]
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
            quoted = command.replace("'", "'\\''")
            user = self.at_the_seat
            command = (f"setpriv --reuid {user} --regid {user} --init-groups "
                       f"env XDG_RUNTIME_DIR=/run/user/{user} sh -c '{quoted}'")
        self._serial += 1
        # The end is put together by the shell, so that an echo of the command is not taken for it.
        self._lab.sendall(f"({command}) </dev/null 2>&1; echo @end{self._serial}'@' $? @@\n".encode())
        end = re.compile(rb"@end%d@ (\d+) @@\r?\n" % self._serial)
        deadline = time.monotonic() + seconds
        while not (found := end.search(self._answers)):
            left = deadline - time.monotonic()
            if left <= 0:
                raise Failure(f"no answer within {seconds} s: {command}")
            self._lab.settimeout(left)
            try:
                if not (block := self._lab.recv(65536)):
                    raise Failure("the emulator ended: see console.log")
                self._answers += block
            except TimeoutError:
                continue
        output, self._answers = self._answers[: found.start()], self._answers[found.end() :]
        return int(found[1]), output.decode(errors="replace").replace("\r\n", "\n")

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

    def ask(self, what):
        """leadlightctl's answer, or nothing while no compositor gives one."""
        status, output = self.run(f"leadlightctl {what} --json", user=True)
        return json.loads(output) if status == 0 else None

    def told(self, what):
        """leadlightctl's answer, when there is one."""
        return wait_for(f"leadlightctl {what}", lambda: self.ask(what))

    def windows(self, domain=None, kind=None):
        """From the lowest to the topmost."""
        return [w for w in self.ask("windows") or []
                if domain in (None, w["domain"]) and kind in (None, w["kind"])]

    def window(self, domain, title="", seconds=PATIENCE, kind="toplevel"):
        def shown():
            return next((w for w in self.windows(domain, kind) if w["visible"] and title in w["title"]), None)

        return wait_for(f"a {kind} of {domain} {title}", shown, seconds)

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

    def typed(self, domain):
        """The lines in the file that the person typed into in that guest, as it says on its console."""
        _, output = self.run(f"cat /var/log/xen/guest-{domain}.log")
        output = output.rpartition("@boots@")[2]  # a guest that was reset has a new file
        # It says all of them each time.
        last = output[output.rfind("@typed 1 ") :] if "@typed 1 " in output else ""
        return re.findall(r"@typed \d+ (.*?)@", last)

    def resets(self):
        """How often Xen took a guest for crashed: see docs/test-report.md."""
        return int(self.run("xl dmesg | grep -c 'Triple fault'")[1])

    # Its end

    def keep_evidence(self, picture):
        """What a failure is looked into with, as much of it as the machine still gives."""
        try:
            self.person.picture(self.path(picture))
        except (OSError, EOFError, ValueError) as failure:
            print(f"xen: no {picture}: {failure}", file=sys.stderr)
        for name, command in (
            ("journal", "journalctl --no-pager -b"), ("domains", "xl list -v"), ("xenstore", "xenstore-ls -f"),
            ("xen-dmesg", "xl dmesg"), ("consoles", "tail -n +1 /var/log/xen/*"),
            ("desktop", "runuser -u user -- env XDG_RUNTIME_DIR=/run/user/1000 "
                        "sh -c 'leadlightctl domains; leadlightctl windows; leadlightctl stats'"),
        ):
            try:
                _, output = self.run(command, 30)
            except (Failure, OSError) as failure:
                output = str(failure)
            with open(self.path(f"{name}.log"), "w", encoding="utf-8") as file:
                file.write(output)

    def power_off(self):
        self._lab.sendall(b"systemctl poweroff\n")
        try:
            self.emulator.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"dom0 did not power off within {PATIENCE} s") from None
        # With -no-reboot the emulator ends as well when dom0 or Xen crash. Linux says this as an emergency,
        # which `quiet` does not hold back; Xen's own words are below its loglvl.
        with open(self.path("console.log"), "rb") as log:
            if b"reboot: Power down" not in log.read():
                raise Failure("the emulator ended, and dom0 did not say that it powers down: see console.log")
