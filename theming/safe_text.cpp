// SPDX-License-Identifier: MIT
#include "theming/safe_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace leadlight::theming {

namespace {

struct Range {
    char32_t first, last;
};

// Unicode's categories Cc, Cf, Co, Cs, Zl, Zp and Zs but U+0020, its Default_Ignorable code points
// (variation selectors, tags, fillers: invisible, so two different names could look alike), and
// three that draw nothing though their category says otherwise (U+2800, U+FFFC, U+1D159). The
// noncharacters at the end of each plane are tested apart.
constexpr std::array forbidden{
    Range{0x0000, 0x001f},    Range{0x007f, 0x00a0},   Range{0x00ad, 0x00ad},
    Range{0x034f, 0x034f},    Range{0x0600, 0x0605},   Range{0x061c, 0x061c},
    Range{0x06dd, 0x06dd},    Range{0x070f, 0x070f},   Range{0x0890, 0x0891},
    Range{0x08e2, 0x08e2},    Range{0x115f, 0x1160},   Range{0x1680, 0x1680},
    Range{0x17b4, 0x17b5},    Range{0x180b, 0x180f},   Range{0x2000, 0x200f},
    Range{0x2028, 0x202f},    Range{0x205f, 0x206f},   Range{0x2800, 0x2800},
    Range{0x3000, 0x3000},    Range{0x3164, 0x3164},   Range{0xd800, 0xf8ff},
    Range{0xfdd0, 0xfdef},    Range{0xfe00, 0xfe0f},   Range{0xfeff, 0xfeff},
    Range{0xffa0, 0xffa0},    Range{0xfff0, 0xfffc},   Range{0x110bd, 0x110bd},
    Range{0x110cd, 0x110cd},  Range{0x13430, 0x1343f}, Range{0x1bca0, 0x1bca3},
    Range{0x1d159, 0x1d159},  Range{0x1d173, 0x1d17a}, Range{0xe0000, 0xe0fff},
    Range{0xf0000, 0x10ffff},
};
static_assert(std::ranges::is_sorted(forbidden, {}, &Range::first));

// How many bytes follow a lead byte, and between which bounds the first of them must be: this alone
// keeps out overlong forms, surrogates and what is past U+10FFFF (Unicode, table 3-7).
struct Lead {
    int following;
    std::uint8_t low, high;
};

constexpr Lead lead_of(std::uint8_t byte) {
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {1, 0x80, 0xbf};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {2, static_cast<std::uint8_t>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<std::uint8_t>(byte == 0xed ? 0x9f : 0xbf)};
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {3, static_cast<std::uint8_t>(byte == 0xf0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(byte == 0xf4 ? 0x8f : 0xbf)};
    }
    return {0, 0, 0};
}

constexpr Decoded ill_formed{0xfffd, false};

}  // namespace

bool is_forbidden(char32_t code_point) {
    if (code_point > 0x10ffff || (code_point & 0xfffe) == 0xfffe) {
        return true;
    }
    const auto* range = std::ranges::lower_bound(forbidden, code_point, {}, &Range::last);
    return range != forbidden.end() && range->first <= code_point;
}

Decoded take_code_point(std::string_view& text) {
    const auto first = static_cast<std::uint8_t>(text.front());
    text.remove_prefix(1);
    if (first < 0x80) {
        return {first, true};
    }
    const Lead lead = lead_of(first);
    if (lead.following == 0) {
        return ill_formed;
    }
    char32_t code_point = first & (0x3fu >> lead.following);
    for (int i = 0; i < lead.following; ++i) {
        const auto byte = text.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(text.front());
        const std::uint8_t low = i == 0 ? lead.low : 0x80;
        const std::uint8_t high = i == 0 ? lead.high : 0xbf;
        if (byte < low || byte > high) {
            return ill_formed;
        }
        code_point = (code_point << 6) | (byte & 0x3fu);
        text.remove_prefix(1);
    }
    return {code_point, true};
}

bool is_safe_text(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) {
        return false;
    }
    while (!text.empty()) {
        const Decoded next = take_code_point(text);
        if (!next.well_formed || is_forbidden(next.code_point)) {
            return false;
        }
    }
    return true;
}

}  // namespace leadlight::theming
