// SPDX-License-Identifier: MIT
// Names of domains and of labels: told apart at a glance in any font, and harmless in a log, in a
// file's name and on a command line.
#pragma once

#include "protocol/containers.hpp"

#include <algorithm>
#include <string_view>

namespace leadlight::protocol {

/// As many as a qube may have in Qubes OS.
inline constexpr std::size_t max_name = 31;

/// As it travels; whether it is one is for is_name() to say.
using Name = Text<max_name>;

/// 1 to 31 characters out of A-Z a-z 0-9 _ . -
constexpr bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= max_name && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

}  // namespace leadlight::protocol
