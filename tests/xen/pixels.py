# SPDX-License-Identifier: MIT
"""Is what a guest drew on the screen, inside its own frame and nowhere else?"""

import json
import subprocess


class Picture:
    def __init__(self, path):
        with open(path, "rb") as file:
            picture = file.read()
        if not picture.startswith(b"P6"):
            picture = subprocess.check_output(["convert", path, "-depth", "8", "ppm:-"])
        _, width, height, _, self.bytes = picture.split(maxsplit=4)
        self.width, self.height = int(width), int(height)

    def pixels(self, box, above=()):
        """Those in {x, y, width, height} that no box above covers."""
        for y in range(max(box["y"], 0), min(box["y"] + box["height"], self.height)):
            for x in range(max(box["x"], 0), min(box["x"] + box["width"], self.width)):
                if not any(contains(other, x, y) for other in above):
                    yield x, y

    def colour(self, x, y):
        start = 3 * (y * self.width + x)
        return self.bytes[start : start + 3]

    def share(self, colour, places):
        """Which part of these pixels is exactly of that colour."""
        seen = [self.colour(x, y) == colour for x, y in places]
        return sum(seen) / max(len(seen), 1)


def contains(box, x, y):
    return (box["x"] <= x < box["x"] + box["width"]) and (box["y"] <= y < box["y"] + box["height"])


def on_edge(box, x, y):
    """On the outermost line of pixels."""
    inner = {"x": box["x"] + 1, "y": box["y"] + 1,
             "width": box["width"] - 2, "height": box["height"] - 2}
    return not contains(inner, x, y)


def edge(picture, window, above=()):
    """What no box above covers of the outermost line of its frame: of a popup's without the top, where
    the label's pattern is, and the pointer's arrow."""
    frame = window["frame_px"]
    top = frame["y"] + (0 if window["kind"] == "toplevel" else 16)
    return [at for at in picture.pixels(frame, above) if on_edge(frame, *at) and at[1] >= top]


def is_framed(picture, popup, label):
    """A popup's frame is all around it in its label's colour, "rrggbb"."""
    return picture.share(bytes.fromhex(label), edge(picture, {"kind": "popup", "frame_px": popup})) == 1


def unframed(picture, windows, labels):
    """A sentence on the first of these windows, from the lowest to the topmost, whose frame is not all
    around it exactly in its label's colour, or nothing; `labels` as wrong_on() has them."""
    for index, window in enumerate(windows):
        domain, above = window["domain"], [other["frame_px"] for other in windows[index + 1 :]]
        line = edge(picture, window, above)
        if not line and above:
            continue  # others cover it
        if picture.share(bytes.fromhex(labels[domain].lstrip("#")), line) < 1:
            return f"the frame of {domain}'s {window['kind']} is not all around it in its label's colour"
    return None


def what_is_wrong(folder, image, painted, output):
    """A sentence, or nothing. `painted` maps a domain's name to the colour ("rrggbb") with which
    its one program fills its window on that output; the folder has what dom0 took down."""
    with open(f"{folder}/windows.json", encoding="utf-8") as file:
        # from the lowest to the topmost
        windows = [window for window in json.load(file) if window["output"] == output]
    with open(f"{folder}/domains.json", encoding="utf-8") as file:
        labels = {domain["name"]: domain["colour"] for domain in json.load(file)}
    return wrong_on(Picture(f"{folder}/{image}"), windows, labels, painted)


def wrong_on(picture, windows, labels, painted, least=0.95):
    """The same, of windows from the lowest to the topmost; `labels` maps to "#rrggbb" or "rrggbb"."""
    screen = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    if sorted(window["domain"] for window in windows) != sorted(painted):
        return f"there are windows of {[window['domain'] for window in windows]}"
    for index, window in enumerate(windows):
        domain, content = window["domain"], window["content_px"]
        above = [other["frame_px"] for other in windows[index + 1 :]]
        own = bytes.fromhex(painted[domain])
        shown = list(picture.pixels(content, above))
        if not shown and above:
            continue  # others cover it
        inside = picture.share(own, shown)
        if inside < least:
            return f"{inside:.0%} of {domain}'s window is what its program painted"
        if picture.share(own, picture.pixels(screen, [content])) > 0:
            return f"{domain}'s pixels are outside of its window's content"
    return unframed(picture, windows, labels)
