// SPDX-License-Identifier: MIT
// The buttons of a title bar.
#pragma once

#include "theming/canvas.hpp"
#include "theming/frame_geometry.hpp"

namespace leadlight::theming {

enum class ButtonState : std::uint8_t { resting, hovered, pressed };

struct ButtonLook {
    Rgb ground, ink;  // what it lies on, and what is drawn on that
    ButtonState state = ButtonState::resting;
    bool maximized = false;  // then the maximize button restores
};

/// `part` is minimize, maximize or close; `face` is filled only when the pointer is on it.
void draw_button(Canvas& canvas, Box face, FramePart part, const ButtonLook& look, Scale scale);

}  // namespace leadlight::theming
