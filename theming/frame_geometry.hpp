// SPDX-License-Identifier: MIT
// Where everything of a frame lies around a content box, and what a point on it means. Pure.
//
//     +-----------------------------------------------+  outer
//     | swatch  name  title                  _  []  X |  title (drag it to move)
//     +--+-----------------------------------------+--+
//     |  |                content                  |  |  left, right
//     +--+-----------------------------------------+--+
//     +-----------------------------------------------+  bottom
//
// A popup (menus, tooltips, override-redirect windows, drag icons) has the same outline with a low
// upper border in place of the title. Nothing of the frame lies inside the content and no content
// outside of it (rule 1).
#pragma once

#include "theming/units.hpp"

#include <array>
#include <cstdint>

namespace leadlight::theming {

enum class FrameKind : std::uint8_t { window, popup };

enum class FramePart : std::uint8_t {
    outside,
    content,
    title,
    minimize,
    maximize,
    close,
    top,
    bottom,
    left,
    right,
    top_left,
    top_right,
    bottom_left,
    bottom_right,
};

// Lengths in logical pixels; multiples of four, see units.hpp.
namespace logical {
inline constexpr int border = 4;
inline constexpr int title = 28;
inline constexpr int popup_top = 8;  // a popup's upper border: room for a notch of the pattern
inline constexpr int button = 28;
inline constexpr int corner = 16;      // how far along an edge a corner can be grabbed
inline constexpr int least_name = 96;  // pattern and name keep this room before any button is shown
inline constexpr int bar = 28;         // the trusted bar
}  // namespace logical

struct Buttons {
    bool minimize = true;
    bool maximize = true;
    friend constexpr bool operator==(Buttons, Buttons) = default;
};

class FrameGeometry {
  public:
    /// `content` in physical pixels, in any coordinate system; everything else is in the same one.
    FrameGeometry(Box content, Scale scale, FrameKind kind = FrameKind::window,
                  Buttons buttons = {});

    /// The other way: the frame that fills `outer` exactly. Content too small becomes 1x1.
    static FrameGeometry around(Box outer, Scale scale, FrameKind kind = FrameKind::window,
                                Buttons buttons = {});

    Box content() const { return content_; }
    Box outer() const { return outer_; }
    /// Above the content and as wide as the frame: the title bar, or a popup's upper border.
    Box title() const;
    Box left() const;
    Box right() const;
    Box bottom() const;
    /// title, left, right and bottom: they cover outer without content, each pixel once.
    std::array<Box, 4> edges() const;

    /// Empty when not asked for, or when the frame is too narrow to show it beside the name.
    Box minimize() const { return minimize_; }
    Box maximize() const { return maximize_; }
    Box close() const { return close_; }

    /// Every point of outer belongs to exactly one part; all else is outside. A frame is grabbed on
    /// its own pixels only: the content's are the guest's.
    FramePart hit(Point point) const;

  private:
    Box content_, outer_;
    Box minimize_, maximize_, close_;
    int border_, top_, corner_;
    FrameKind kind_;
};

}  // namespace leadlight::theming
