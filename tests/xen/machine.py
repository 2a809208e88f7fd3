# SPDX-License-Identifier: MIT
"""One boot of Xen in QEMU, and what its dom0 says about the scenarios."""

import os
import re
import selectors
import subprocess
import tarfile
import time

import hypervisor

# A scenario says on dom0's console that it begins, and how it ended. Xen's own
# words may stand on the same line, so the marks have an end too.
MARK = re.compile(r"@@ (begin|pass|fail|end) (\S+)(?: (.*?))? @@")

RESULTS_BYTES = 256 << 20


class Machine:
    def __init__(self, folder, memory="3G", dom0_memory="1500M", limits=None):
        self.folder = folder
        self.memory = memory
        self.dom0_memory = dom0_memory
        self.limits = limits  # hypervisor.command_line()'s
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return f"{self.folder}/{name}"

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)

    def command(self, dom0_kernel):
        return [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-machine", "pc", "-cpu", "max",
            "-m", self.memory, "-smp", "2", "-display", "none", "-vga", "none", "-no-reboot",
            "-nodefaults", "-serial", "stdio", "-monitor", "none",
            "-drive", f"if=none,id=results,format=raw,file={self.path('results.raw')}",
            "-device", "virtio-blk-pci,drive=results",
            "-kernel", self.path("xen"),
            "-initrd", f"{dom0_kernel} console=hvc0 quiet,{self.path('initrd')}",
            "-append", hypervisor.command_line(self.dom0_memory, self.limits),
        ]

    def boot(self, dom0_kernel, report, seconds):
        """Runs until dom0 powers off or the time is up, and tells of both."""
        with open(self.path("results.raw"), "wb") as file:
            file.truncate(RESULTS_BYTES)
        deadline = time.monotonic() + seconds
        report.begins_boot()
        with open(self.path("console.log"), "wb") as log:
            emulator = subprocess.Popen(self.command(dom0_kernel), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            try:
                ended = self._follow(emulator.stdout, log, report, deadline)
                if ended:
                    emulator.wait(timeout=max(1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            finally:
                emulator.kill()
                emulator.wait()
        if not ended:
            report.lost(f"dom0 did not come to its end within {seconds} s")
        if wrong := self._unpack_results():
            report.mark("fail", "results", wrong)

    def _follow(self, output, log, report, deadline):
        os.set_blocking(output.fileno(), False)
        selector = selectors.DefaultSelector()
        selector.register(output, selectors.EVENT_READ)
        pending = b""
        while selector.select(max(0, deadline - time.monotonic())):
            block = output.read(65536)
            if not block:
                return False
            log.write(block)
            log.flush()
            *lines, pending = (pending + block).split(b"\n")
            for line in lines:
                mark = MARK.search(line.decode(errors="replace"))
                if mark and mark[1] == "end":
                    report.expect(int(mark[2]))
                    return True
                if mark:
                    report.mark(mark[1], mark[2], (mark[3] or "").strip())
        return False

    def _unpack_results(self):
        """dom0 writes a tar of /results onto its disk, a whole one each time. Returns what is wrong with it."""
        try:
            with tarfile.open(self.path("results.raw")) as archive:
                archive.extractall(self.path("results"), filter="data")
                return None if archive.getmembers() else "none came out of dom0"
        except (tarfile.TarError, OSError) as failure:
            return f"not all came out of dom0: {' '.join(str(failure).split())}"
        finally:
            os.remove(self.path("results.raw"))


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.running = None
        self.begun = set()  # in this boot
        self.before_boot = 0

    def ended(self):
        return self.passed + len(self.failed)

    def begins_boot(self):
        """expect() counts from here."""
        self.before_boot = self.ended()
        self.begun.clear()

    def mark(self, kind, name, words=""):
        now = time.monotonic()
        if kind == "begin":
            self.running = (name, now)
            self.begun.add(name)
            return
        begun = self.running[1] if self.running and self.running[0] == name else now
        self.running = None
        ending = (f"ok ({words})" if words else "ok") if kind == "pass" else f"FAILED: {words}"
        print(f"  {name:<34} {now - begun:6.1f} s  {ending}", flush=True)
        if kind == "pass":
            self.passed += 1
        else:
            self.failed.append(name)

    def expect(self, count):
        if count != (ended := self.ended() - self.before_boot):
            self.mark("fail", "all-of-dom0s", f"{count} scenarios began, {ended} ended")

    def lost(self, why):
        name = self.running[0] if self.running else "boot"
        print(f"  {name:<34}           FAILED: {why}", flush=True)
        self.failed.append(name)
