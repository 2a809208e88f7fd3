# SPDX-License-Identifier: MIT
"""How Xen is started under the emulator, whatever runs on it."""

import os
import re

GRUB = f"{os.path.dirname(os.path.abspath(__file__))}/../../system/admin/zz-leadlight.grub.cfg"


def packaged_limits():
    """What the packages add to Xen's command line."""
    with open(GRUB, encoding="utf-8") as file:
        return re.search(r"gnttab_max_maptrack_frames=\d+", file.read())[0]


def command_line(dom0_memory, limits=None):
    """Of Xen, for a dom0 of that memory. limits: options, "" for Xen's defaults; else what the packages set."""
    return " ".join([
        f"dom0_mem={dom0_memory},max:{dom0_memory}", "console=com1 com1=115200,8n1",
        # Without it vector registers are lost under this emulator.
        "spec-ctrl=eager-fpu",
        # credit2, Xen's default, at times leaves a guest that could run without a processor for half a
        # minute here.
        "sched=credit",
        *(packaged_limits() if limits is None else limits).split(),
        "loglvl=warning guest_loglvl=warning",
    ])  # fmt: skip
