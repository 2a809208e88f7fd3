// SPDX-License-Identifier: MIT
#include "protocol/containers.hpp"

namespace leadlight::protocol {

namespace {

bool in(unsigned char byte, unsigned low, unsigned high) {
    return byte >= low && byte <= high;
}

/// Length in bytes of the well-formed sequence at the start of `text`; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const unsigned char lead = static_cast<unsigned char>(text[0]);
    const auto tail = [&](std::size_t i) {
        return in(static_cast<unsigned char>(at(i)), 0x80, 0xbf);
    };
    if (in(lead, 0x01, 0x7f)) {
        return 1;
    }
    if (in(lead, 0xc2, 0xdf)) {
        return tail(1) ? 2 : 0;
    }
    if (in(lead, 0xe0, 0xef)) {
        // Overlong forms and surrogates hide in the second byte.
        const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = lead == 0xed ? 0x9f : 0xbf;
        return in(static_cast<unsigned char>(at(1)), low, high) && tail(2) ? 3 : 0;
    }
    if (in(lead, 0xf0, 0xf4)) {
        const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
        return in(static_cast<unsigned char>(at(1)), low, high) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace leadlight::protocol
