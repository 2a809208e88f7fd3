// SPDX-License-Identifier: MIT
// Programs' strings for the wire: cut at a character's end, and what is not UTF-8 replaced. That
// makes them valid; what is safe to show is the admin domain's to decide.
#pragma once

#include "protocol/containers.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace leadlight::agent {

template <std::size_t Max>
protocol::Text<Max> to_text(const char* string) {
    std::string_view rest = string == nullptr ? "" : string;
    std::string valid;
    while (!rest.empty()) {
        std::size_t length = 1;
        const std::size_t longest = std::min<std::size_t>(4, rest.size());
        while (length <= longest && !protocol::is_utf8(rest.substr(0, length))) {
            ++length;
        }
        const std::string_view character = length <= longest ? rest.substr(0, length) : "?";
        if (valid.size() + character.size() > Max) {
            break;
        }
        valid += character;
        rest.remove_prefix(length <= longest ? length : 1);
    }
    return *protocol::Text<Max>::from(valid);
}

}  // namespace leadlight::agent
