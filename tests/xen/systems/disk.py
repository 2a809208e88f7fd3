#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""disk.py TIER TREE DISK CACHE: a system's tree becomes a read-only disk.

dom0's has what guests boot with, too.
"""

import glob
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import early
import images


def lay_modules(tier, tree):
    folder = f"{tree}/usr{images.MODULES}"
    for name in early.ON_DISK[tier]:
        for file in early.files_of(name):
            target = f"{tree}/usr{file.removeprefix('/usr')}"
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(file, target)
    for listing in glob.glob(f"{images.MODULES}/modules.builtin*") + [f"{images.MODULES}/modules.order"]:
        shutil.copyfile(listing, f"{folder}/{os.path.basename(listing)}")
    subprocess.check_call(["depmod", "-b", f"{tree}/usr", os.path.basename(images.MODULES)])


def lay_guests(tree, cache):
    folder = f"{tree}/var/lib/leadlight-lab"
    os.makedirs(folder)
    for name, content in (("kernel", images.guest_kernel(cache)),
                          ("initrd", early.tree("template").archive())):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(content)


def main():
    tier, tree, disk, cache = sys.argv[1:]
    lay_modules(tier, tree)
    if tier == "dom0":
        lay_guests(tree, cache)
    # Times of files are not worth a disk of another name.
    subprocess.check_call(["mkfs.erofs", "--quiet", "-T0", disk, tree])


if __name__ == "__main__":
    main()
