# SPDX-License-Identifier: MIT
"""The person at the emulated machine: its keyboard, its tablet, and what its screen shows."""

import json
import socket
import time

WIDTH, HEIGHT = 1280, 800
# The tablet's range on each axis.
TABLET = 32767
# What the emulator calls the keys of a "us" keyboard.
KEYS = {" ": "spc", "\n": "ret", "\t": "tab", "-": "minus", "=": "equal", ",": "comma", ".": "dot",
        "/": "slash", ";": "semicolon", "'": "apostrophe", "\\": "backslash", "`": "grave_accent",
        "[": "bracket_left", "]": "bracket_right"}
SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))
# A press too soon after another domain's content came under the pointer goes nowhere (rule 5), and an
# emulated machine is slow to notice either.
UNSURPRISED = 0.8
# A hand's pace; faster than this libinput takes a button's release for one that bounced.
BETWEEN = 0.06


def key_name(character):
    if character in SHIFTED:
        return f"shift-{key_name(SHIFTED[character])}"
    if character.isupper():
        return f"shift-{character.lower()}"
    return KEYS.get(character, character)


def can_type(text):
    return all(character in SHIFTED or character in KEYS or character.isascii() and character.isalnum()
               for character in text)


class Person:
    """Keyboard and tablet are events that the emulator's QMP port is given, down and up each."""

    def __init__(self, port: socket.socket):
        port.settimeout(60)
        self.port = port
        self.lines = port.makefile("r", encoding="utf-8")
        self.lines.readline()  # who it is
        self._do("qmp_capabilities")

    def _do(self, command, **arguments):
        self.port.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while line := self.lines.readline():
            answer = json.loads(line)
            if "error" in answer:
                raise ValueError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return
        raise EOFError("the emulator is gone")

    def _send(self, *events):
        self._do("input-send-event", events=[{"type": kind, "data": data} for kind, data in events])
        time.sleep(BETWEEN)

    def key(self, name):
        """One key, or several that are held together: "ctrl-c"."""
        keys = [{"type": "qcode", "data": key} for key in name.split("-")]
        for down, order in ((True, keys), (False, keys[::-1])):
            for key in order:
                self._send(("key", {"down": down, "key": key}))

    def type(self, text):
        for character in text:
            self.key(key_name(character))

    def point(self, x, y):
        self._send(("abs", {"axis": "x", "value": x * TABLET // (WIDTH - 1)}),
                   ("abs", {"axis": "y", "value": y * TABLET // (HEIGHT - 1)}))

    def press(self, pressed):
        self._send(("btn", {"down": pressed, "button": "left"}))

    def click(self, x, y):
        self.point(x, y)
        time.sleep(UNSURPRISED)
        self.press(True)
        self.press(False)

    def drag(self, start, end):
        self.point(*start)
        time.sleep(UNSURPRISED)
        self.press(True)
        for step in range(1, 5):
            self.point(*(start[i] + (end[i] - start[i]) * step // 4 for i in (0, 1)))
        self.press(False)

    def picture(self, file):
        self._do("screendump", filename=file, format="png")
        return file
