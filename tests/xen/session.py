# SPDX-License-Identifier: MIT
"""A whole machine: Xen, a dom0 with Leadlight on the emulated screen, guests from one template.

Both systems are disks that scripts/systems.sh made of Debian roots by installing the packages. What
differs from boot to boot travels in the initramfs: labels, the guests' configurations.
"""

import json
import os
import re
import socket
import subprocess
import time

import images

MEMORY, DOM0_MEMORY, GUEST_MEMORY = "5G", "1800M", 700
WIDTH, HEIGHT = 1280, 800
# The tablet's range on each axis.
TABLET = 32767
EARLY_MODULES = {
    "dom0": ["virtio_blk", "crc32c_generic", "libcrc32c", "netfs", "erofs", "overlay"],
    "template": ["xen-blkfront", "crc32c_generic", "libcrc32c", "netfs", "erofs", "overlay"],
}
# What QEMU's monitor calls the keys of a "us" keyboard.
KEYS = {" ": "spc", "\n": "ret", "-": "minus", "=": "equal", ",": "comma", ".": "dot", "/": "slash",
        ";": "semicolon", "'": "apostrophe", "\\": "backslash", "`": "grave_accent",
        "[": "bracket_left", "]": "bracket_right"}
SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))


class Failure(Exception):
    """What did not happen, in one line."""


def wait_for(what, condition, seconds):
    end = time.monotonic() + seconds
    while True:
        if value := condition():
            return value
        if time.monotonic() > end:
            raise Failure(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.2)


def key_name(character):
    if character in SHIFTED:
        return f"shift-{key_name(SHIFTED[character])}"
    if character.isupper():
        return f"shift-{character.lower()}"
    return KEYS.get(character, character)


class Guest:
    def __init__(self, name, label, programs, kind="pvh"):
        self.name, self.label, self.programs, self.kind = name, label, programs, kind

    def configuration(self):
        return (
            f'name = "{self.name}"\ntype = "{self.kind}"\nmemory = {GUEST_MEMORY}\nvcpus = 1\n'
            'kernel = "/var/lib/leadlight-lab/kernel"\nramdisk = "/var/lib/leadlight-lab/initrd"\n'
            'disk = ["format=raw, vdev=xvda, access=ro, script=block-whole, target=/dev/vdb"]\n'
            'tsc_mode = "native"\n'
            'extra = "console=hvc0 quiet lab.disk=/dev/xvda systemd.show_status=no '
            f'systemd.hostname={self.name} lab.autostart={",".join(self.programs)}"\n'
        ).encode()


def early_tree(tier, here):
    tree = images.Tree()
    tree.busybox()
    tree.copy(f"{here}/systems/initramfs/init", "/init")
    for path in ("/dev", "/proc", "/sys", "/over"):
        tree.folder(path)
    # insmod in this order: numbered, since a folder is read in the order of names.
    for index, name in enumerate(EARLY_MODULES[tier]):
        tree.modules(name)
        tree.entries[f"/modules/{index}-{name}.ko"] = tree.entries.pop(f"/modules/{name}.ko")
    return tree


class Session:
    """The machine that is up, its hands and its eyes."""

    def __init__(self, folder, guests, disks):
        self.folder, self.guests = folder, guests
        os.makedirs(folder, exist_ok=True)
        here = os.path.dirname(os.path.abspath(__file__))
        guest = early_tree("template", here)
        tree = early_tree("dom0", here)
        settings = "".join(f'[domain.{g.name}]\nlabel = "{g.label}"\n' for g in guests)
        tree.file("/over/etc/leadlight/leadlight.toml", settings.encode())
        for each in guests:
            tree.file(f"/over/etc/xen/auto/{each.name}.cfg", each.configuration())
        tree.file("/over/var/lib/leadlight-lab/kernel", images.guest_kernel(f"{folder}/../xen-images"))
        tree.file("/over/var/lib/leadlight-lab/initrd", guest.archive())
        for name, content in (("xen", images.xen()), ("initrd", tree.archive())):
            with open(self.path(name), "wb") as file:
                file.write(content)
        self.console = open(self.path("console.log"), "wb")
        self.emulator = subprocess.Popen(
            self.command(disks), stdin=subprocess.DEVNULL, stdout=self.console, stderr=subprocess.STDOUT
        )
        self.monitor = self.connect("monitor")
        self.monitor_until(b"(qemu) ")
        self.lab = self.connect("lab")
        self.answers = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.emulator.kill()
        self.emulator.wait()
        self.console.close()

    def path(self, name):
        return f"{self.folder}/{name}"

    def command(self, disks):
        xen = (f"dom0_mem={DOM0_MEMORY},max:{DOM0_MEMORY} console=com1 com1=115200,8n1 "
               "spec-ctrl=eager-fpu gnttab_max_maptrack_frames=4096 loglvl=warning guest_loglvl=warning")
        drives = []
        for name in ("dom0", "template"):
            drives += ["-drive", f"if=none,id={name},format=raw,readonly=on,file={disks[name]}",
                       "-device", f"virtio-blk-pci,drive={name}"]
        return [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-machine", "pc", "-cpu", "max",
            "-m", MEMORY, "-smp", "2", "-display", "none", "-no-reboot", "-nodefaults", "-serial", "stdio",
            "-device", f"VGA,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-keyboard-pci", "-device", "virtio-tablet-pci",
            "-monitor", f"unix:{self.path('monitor')},server,nowait",
            "-device", "virtio-serial-pci", "-chardev", f"socket,id=lab,path={self.path('lab')},server=on,wait=off",
            "-device", "virtserialport,chardev=lab,name=lab",
            *drives,
            "-kernel", self.path("xen"),
            "-initrd", f"{images.kernel()} console=hvc0 quiet lab.disk=/dev/vda systemd.show_status=no,"
                       f"{self.path('initrd')}",
            "-append", xen,
        ]  # fmt: skip

    def connect(self, name):
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

    # dom0, by its lab.service

    def run(self, command, seconds=60, user=False):
        """(status, output) of a shell command in dom0, by root or by the person."""
        if user:
            quoted = command.replace("'", "'\\''")
            command = (f"setpriv --reuid 1000 --regid 1000 --init-groups env XDG_RUNTIME_DIR=/run/user/1000 "
                       f"sh -c '{quoted}'")
        self.serial = getattr(self, "serial", 0) + 1
        # The end is put together by the shell, so that an echo of the command is not taken for it.
        self.lab.sendall(f"({command}) </dev/null 2>&1; echo @end{self.serial}'@' $? @@\n".encode())
        end = re.compile(rb"@end%d@ (\d+) @@\r?\n" % self.serial)
        deadline = time.monotonic() + seconds
        while not (found := end.search(self.answers)):
            left = deadline - time.monotonic()
            if left <= 0:
                raise Failure(f"no answer within {seconds} s: {command}")
            self.lab.settimeout(left)
            try:
                self.answers += self.lab.recv(65536)
            except TimeoutError:
                continue
        output, self.answers = self.answers[: found.start()], self.answers[found.end() :]
        return int(found[1]), output.decode(errors="replace").replace("\r\n", "\n")

    def wait_for_dom0(self, seconds=90):
        # The port swallows what is written before its other end is open.
        def answers():
            try:
                return self.run("true", 2)[0] == 0
            except Failure:
                return False

        wait_for("dom0's shell", answers, seconds)

    def windows(self):
        status, output = self.run("leadlightctl windows --json", user=True)
        try:
            return json.loads(output) if status == 0 else []
        except json.JSONDecodeError:
            return []

    def window(self, domain, seconds=120, title=""):
        return wait_for(
            f"a window of {domain}",
            lambda: next((w for w in self.windows()
                          if w["domain"] == domain and w["visible"] and title in w["title"]), None),
            seconds,
        )

    # The person

    def monitor_until(self, mark):
        self.monitor.settimeout(20)
        seen = b""
        while not seen.endswith(mark):
            seen += self.monitor.recv(4096)
        return seen

    def monitor_do(self, line):
        self.monitor.sendall(line.encode() + b"\n")
        return self.monitor_until(b"(qemu) ")

    def key(self, name):
        self.monitor_do(f"sendkey {name} 40")
        time.sleep(0.12)  # the emulator lets go of the key by itself, after 40 ms

    def type(self, text):
        for character in text:
            self.key(key_name(character))

    def point(self, x, y):
        self.monitor_do(f"mouse_move {x * TABLET // (WIDTH - 1)} {y * TABLET // (HEIGHT - 1)}")
        time.sleep(0.1)

    def press(self, pressed):
        self.monitor_do(f"mouse_button {1 if pressed else 0}")
        time.sleep(0.1)

    def click(self, x, y):
        self.point(x, y)
        time.sleep(0.5)  # a press too soon after a surprise goes nowhere (rule 5)
        self.press(True)
        self.press(False)

    def focus(self, domain):
        def focused():
            window = self.window(domain)
            if window["focused"]:
                return window
            frame = window["frame_px"]
            self.click(frame["x"] + frame["width"] // 2, frame["y"] + 12)
            return None

        return wait_for(f"{domain} to have the keyboard", focused, 20)

    def drag(self, start, end):
        self.point(*start)
        time.sleep(0.5)
        self.press(True)
        for step in range(1, 5):
            self.point(*(start[i] + (end[i] - start[i]) * step // 4 for i in (0, 1)))
        self.press(False)

    def screen(self, name):
        file = self.path(name)
        self.monitor_do(f"screendump {file} -f png")
        return file

    def typed(self, domain, seconds=30):
        """What stands in the file that the person typed into in that guest."""
        def said():
            _, output = self.run(f"cat /var/log/xen/guest-{domain}.log")
            found = re.findall(r"@typed (.*?)@", output)
            return found[-1] if found else None

        return wait_for(f"what was typed in {domain}", said, seconds)

    def keep_evidence(self):
        """What a failure is looked into with."""
        for name, command in (
            ("journal", "journalctl --no-pager -b"), ("domains", "xl list -v"), ("xenstore", "xenstore-ls -f"),
            ("xen-dmesg", "xl dmesg"), ("consoles", "tail -n +1 /var/log/xen/*"),
        ):
            try:
                _, output = self.run(command, 30)
            except (Failure, OSError) as failure:
                output = str(failure)
            with open(self.path(f"{name}.log"), "w", encoding="utf-8") as file:
                file.write(output)

    def power_off(self):
        self.lab.sendall(b"systemctl poweroff\n")
        try:
            self.emulator.wait(60)
        except subprocess.TimeoutExpired:
            raise Failure("dom0 did not power off within 60 s") from None
