# SPDX-License-Identifier: MIT
"""Is what a guest drew on the screen, inside its own frame and nowhere else?"""

import json
import subprocess


class Picture:
    def __init__(self, path):
        size = subprocess.check_output(["identify", "-format", "%w %h", path], text=True)
        self.width, self.height = (int(word) for word in size.split())
        self.bytes = subprocess.check_output(["convert", path, "-depth", "8", "rgb:-"])

    def count(self, colour, box):
        """How many pixels of exactly that colour are in {x, y, width, height}."""
        left, right = max(box["x"], 0), min(box["x"] + box["width"], self.width)
        found = 0
        for y in range(max(box["y"], 0), min(box["y"] + box["height"], self.height)):
            start = 3 * (y * self.width + left)
            row = self.bytes[start : start + 3 * (right - left)]
            found += sum(row[i : i + 3] == colour for i in range(0, len(row), 3))
        return found


def area(box):
    return box["width"] * box["height"]


def what_is_wrong(folder, painted):
    """A sentence, or nothing. `painted` maps a domain's name to the colour ("rrggbb") with which
    its one program fills its window; the folder has what dom0 took down."""
    with open(f"{folder}/windows.json", encoding="utf-8") as file:
        windows = json.load(file)
    with open(f"{folder}/domains.json", encoding="utf-8") as file:
        labels = {domain["name"]: domain["colour"] for domain in json.load(file)}
    picture = Picture(f"{folder}/desktop.png")
    screen = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    for domain, colour_name in painted.items():
        shown = [window for window in windows if window["domain"] == domain]
        if len(shown) != 1:
            return f"{domain} has {len(shown)} windows and not 1"
        content, frame = shown[0]["content_px"], shown[0]["frame_px"]
        colour = bytes.fromhex(colour_name)
        inside = picture.count(colour, content)
        if inside < area(content) * 0.8:
            return f"{inside} of {area(content)} pixels in {domain}'s window are its program's"
        if picture.count(colour, screen) != inside:
            return f"{domain}'s pixels are outside of its window's content"
        label = bytes.fromhex(labels[domain].lstrip("#"))
        border = picture.count(label, frame) - picture.count(label, content)
        if border < (area(frame) - area(content)) * 0.5:
            return f"the frame of {domain} is not in its label's colour {labels[domain]}"
    return None
