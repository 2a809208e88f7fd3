// SPDX-License-Identifier: MIT
#include "theming/unicode.hpp"

#include "theming/safe_text.hpp"

#include <hb.h>

namespace leadlight::theming {

bool is_mark(char32_t code_point) {
    const auto category = hb_unicode_general_category(hb_unicode_funcs_get_default(), code_point);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

std::size_t utf8_length(char32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

std::size_t utf8_length(std::u32string_view text) {
    std::size_t bytes = 0;
    for (const char32_t code_point : text) {
        bytes += utf8_length(code_point);
    }
    return bytes;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    out.reserve(utf8_length(text));
    for (const char32_t code_point : text) {
        const std::size_t length = utf8_length(code_point);
        if (length == 1) {
            out.push_back(static_cast<char>(code_point));
            continue;
        }
        const unsigned lead = (0xf00u >> length) & 0xffu;
        unsigned shift = 6 * static_cast<unsigned>(length - 1);
        out.push_back(static_cast<char>(lead | (code_point >> shift)));
        while (shift > 0) {
            shift -= 6;
            out.push_back(static_cast<char>(0x80u | ((code_point >> shift) & 0x3fu)));
        }
    }
    return out;
}

std::u32string to_utf32(std::string_view well_formed) {
    std::u32string out;
    while (!well_formed.empty()) {
        out.push_back(take_code_point(well_formed).code_point);
    }
    return out;
}

std::u32string_view without_last_character(std::u32string_view text) {
    while (!text.empty() && is_mark(text.back())) {
        text.remove_suffix(1);
    }
    if (!text.empty()) {
        text.remove_suffix(1);
    }
    while (!text.empty() && text.back() == U' ') {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace leadlight::theming
