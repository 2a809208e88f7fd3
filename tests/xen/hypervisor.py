# SPDX-License-Identifier: MIT
"""How Xen is started under the emulator, whatever runs on it."""


def command_line(dom0_memory):
    """Of Xen, for a dom0 of that memory."""
    return " ".join([
        f"dom0_mem={dom0_memory},max:{dom0_memory}", "console=com1 com1=115200,8n1",
        # Without it vector registers are lost under this emulator.
        "spec-ctrl=eager-fpu",
        # credit2, Xen's default, at times leaves a guest that could run without a processor for half a
        # minute here.
        "sched=credit",
        # As the packages set it.
        "gnttab_max_maptrack_frames=4096",
        "loglvl=warning guest_loglvl=warning",
    ])  # fmt: skip
