// SPDX-License-Identifier: MIT
#include "guest-agent/x_resources.hpp"

#include <algorithm>

namespace leadlight::agent {

std::string with_scale(std::string_view resources, WindowScale scale) {
    constexpr std::string_view dpi = "Xft.dpi", cursor_size = "Xcursor.size";
    // What programs take for a scale of one.
    constexpr int plain_dpi = 96, plain_cursor_size = 24;
    std::string result;
    const auto add = [&result](std::string_view name, int value) {
        result += name;
        result += ":\t" + std::to_string(value) + "\n";
    };
    while (!resources.empty()) {
        const std::string_view line = resources.substr(0, resources.find('\n'));
        resources.remove_prefix(std::min(line.size() + 1, resources.size()));
        const std::string_view name = line.substr(0, line.find_first_of(": \t"));
        if (!line.empty() && name != dpi && name != cursor_size) {
            result += line;
            result += '\n';
        }
    }
    add(dpi, scale.to_physical(plain_dpi));
    add(cursor_size, scale.to_physical(plain_cursor_size));
    return result;
}

}  // namespace leadlight::agent
