// SPDX-License-Identifier: MIT
// The few facts about code points that sanitising and eliding share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadlight::theming {

inline constexpr char32_t ellipsis = 0x2026;

/// A mark that takes no room of its own: general categories Mn and Me.
bool is_mark(char32_t code_point);

std::size_t utf8_length(char32_t code_point);
std::size_t utf8_length(std::u32string_view text);

/// `text` holds Unicode scalar values only.
std::string to_utf8(std::u32string_view text);
std::u32string to_utf32(std::string_view well_formed);

/// Cuts one base with its marks off the end, and the spaces that then end the text.
std::u32string_view without_last_character(std::u32string_view text);

}  // namespace leadlight::theming
