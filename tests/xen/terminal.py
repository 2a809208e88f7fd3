# SPDX-License-Identifier: MIT
"""A shell of dom0 on the terminal that ./dev xen --shell was started in."""

import os
import selectors
import sys
import termios
import tty

ENDED = b"@shell-ended@"


def of(session):
    """Until the shell ends, or there is no more input."""
    folder = os.path.relpath(session.folder)
    print(f"xen: dom0's shell; `xl console work` is a shell of a guest, ^] leaves it; `exit` ends all.\n"
          f"xen: its screen, for a VNC viewer: {folder}/screen; the emulator's monitor: {folder}/monitor", flush=True)
    port = session.connect("shell")
    session.run("systemctl start --no-block lab-shell.service")
    terminal = os.isatty(0)
    before = termios.tcgetattr(0) if terminal else None
    if terminal:
        tty.setraw(0)
    try:
        pass_on(port)
    finally:
        if terminal:
            termios.tcsetattr(0, termios.TCSADRAIN, before)
        print()


def pass_on(port):
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(port, selectors.EVENT_READ)
    tail = b""
    while True:
        for key, _ in selector.select():
            if key.fd == 0:
                if words := os.read(0, 4096):
                    port.sendall(words)
                else:
                    selector.unregister(0)
                    port.sendall(b"\x04")
                continue
            if not (words := port.recv(4096)):
                return
            tail = (tail + words)[-len(ENDED) - 2 :] if ENDED not in words else words
            sys.stdout.buffer.write(words.replace(ENDED, b""))
            sys.stdout.flush()
            if ENDED in tail:
                return
