# SPDX-License-Identifier: MIT
"""GTK Demo, the GTK 4 program of the demo and of the tests with real programs."""

# Where its menu button is, from the upper right corner of its frame, at 1x.
MENU_FROM_RIGHT, MENU_FROM_TOP = 156, 51


def menu_button(frame):
    """That place, of a frame as leadlightctl tells it."""
    return frame["x"] + frame["width"] - MENU_FROM_RIGHT, frame["y"] + MENU_FROM_TOP
