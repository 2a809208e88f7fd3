// SPDX-License-Identifier: MIT
// What of the desktop the compositor draws itself, besides frames: the bar that says where keys go,
// the background, and its own words. Trusted text only.
#pragma once

#include "theming/bitmap.hpp"
#include "theming/label.hpp"
#include "theming/text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadlight::theming {

struct TrustedBar {
    std::optional<Identity> focused;  // nothing: keys go nowhere
    std::string mode;                 // "move" or "switch"; empty in normal mode
    std::string clock;
    std::vector<Identity> attention = {};  // who asks for it; each is a chip that can be pressed
    /// Whose full screen lies below the bar while the keys are another's: the bar's edge is its
    /// frame's upper one, and its name stands here, since its title bar is hidden.
    std::optional<Identity> below = {};
    bool operator==(const TrustedBar&) const = default;
};

/// logical::bar high, `width` physical pixels wide; opaque.
Bitmap paint_bar(const TextPainter& painter, const TrustedBar& bar, int width, Scale scale);

/// The chips of `bar.attention` in that picture, as many as have room, in its order.
std::vector<Box> attention_chips(const TextPainter& painter, const TrustedBar& bar, int width,
                                 Scale scale);

/// The desktop behind all windows: panes of dark glass held by lead. Opaque; drawn once an output.
Bitmap paint_background(int width, int height, Scale scale);

}  // namespace leadlight::theming
