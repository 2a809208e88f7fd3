// SPDX-License-Identifier: MIT
// One line of text as glyphs in visual order: bidi levels from fribidi, runs of one level, script
// and font, shaped by HarfBuzz.
#pragma once

#include "theming/font.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace leadlight::theming {

/// Lengths in 1/64 pixel; x grows to the right, y upwards; the pen starts at 0.
struct Glyph {
    Font* font = nullptr;
    std::uint32_t index = 0;
    int x = 0, y = 0;
};

struct Line {
    std::vector<Glyph> glyphs;
    int advance = 0;
};

/// The fonts' size is set already. `fonts` is not empty; the first one draws what none has.
Line shape_line(std::u32string_view text, std::span<Font* const> fonts, bool right_to_left);

/// By the first strong character (UAX 9, P2 and P3).
bool is_right_to_left(std::u32string_view text);

}  // namespace leadlight::theming
