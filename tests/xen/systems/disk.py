#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""disk.py TIER TREE DISK: a system's tree becomes a read-only disk.

Kernel modules come from the xen tier's kernel, those that a system of its kind loads and no more:
all of them would be most of the disk.
"""

import glob
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import images

SHARED = ["xen-evtchn", "xen-privcmd", "xenfs", "overlay", "erofs", "fuse"]
MODULES = {
    "dom0": SHARED + ["xen-gntdev", "xen-blkback", "bochs", "evdev", "virtio_input", "virtio_blk",
                      "virtio_console", "psmouse"],
    "template": SHARED + ["xen-gntalloc", "xen-blkfront"],
}


def files_of(name):
    """A module's file with those it needs; none for what is built in."""
    version = os.path.basename(images.MODULES)
    shown = subprocess.run(["modprobe", "--show-depends", "-S", version, name],
                           capture_output=True, text=True, check=True).stdout
    return [line.split()[1] for line in shown.splitlines() if line.startswith("insmod")]


def lay_modules(tier, tree):
    folder = f"{tree}/usr{images.MODULES}"
    for name in MODULES[tier]:
        for file in files_of(name):
            target = f"{tree}/usr{file.removeprefix('/usr')}"
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(file, target)
    for listing in glob.glob(f"{images.MODULES}/modules.builtin*") + [f"{images.MODULES}/modules.order"]:
        shutil.copyfile(listing, f"{folder}/{os.path.basename(listing)}")
    subprocess.check_call(["depmod", "-b", f"{tree}/usr", os.path.basename(images.MODULES)])


def main():
    tier, tree, disk = sys.argv[1:]
    lay_modules(tier, tree)
    # Times of files are not worth a disk of another name.
    subprocess.check_call(["mkfs.erofs", "--quiet", "-T0", disk, tree])


if __name__ == "__main__":
    main()
