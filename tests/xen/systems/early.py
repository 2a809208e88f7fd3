# SPDX-License-Identifier: MIT
"""What a system boots with until its disk is there: an initramfs, and which modules its disk has.

Modules come from the xen tier's kernel, those that a system of its kind loads and no more: all of
them would be most of the disk. Loading them early and in order costs an emulator less than udev's
way to each, and the screen is there before anyone asks for it.
"""

import lzma
import os
import subprocess

import images

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = ["erofs", "overlay", "xen-evtchn", "xen-privcmd", "xenfs"]
MODULES = {
    "dom0": ["virtio_blk", *SHARED, "xen-gntdev", "xen-blkback", "bochs", "evdev", "virtio_input",
             "virtio_console"],
    # The agent's package says how it wants gntalloc: its modprobe settings count, so udev loads it.
    "template": ["xen-blkfront", *SHARED],
}
ON_DISK = {"dom0": MODULES["dom0"], "template": MODULES["template"] + ["xen-gntalloc"]}


def files_of(name):
    """A module's file after those that it needs; none for what is built in."""
    version = os.path.basename(images.MODULES)
    shown = subprocess.run(["modprobe", "--show-depends", "-S", version, name],
                           capture_output=True, text=True, check=True).stdout
    return [line.split()[1] for line in shown.splitlines() if line.startswith("insmod")]


def tree(tier):
    early = images.Tree()
    early.busybox()
    early.copy(f"{HERE}/initramfs/init", "/init")
    for path in ("/dev", "/proc", "/sys", "/over"):
        early.folder(path)
    files = dict.fromkeys(file for name in MODULES[tier] for file in files_of(name))
    # Loaded in this order: numbered, since a folder is read in the order of names.
    for index, path in enumerate(files):
        name = os.path.basename(path).removesuffix(".xz")
        with lzma.open(path) as file:
            early.file(f"/modules/{index:02}-{name}", file.read())
    return early
