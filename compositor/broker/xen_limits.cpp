// SPDX-License-Identifier: MIT
#include "compositor/broker/xen_limits.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace leadlight::broker {

namespace {

// As C writes a number: 0x10, 010, 16.
std::optional<std::uint32_t> number(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text.starts_with('0')) {
        base = 8;
    }
    std::uint32_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value, base);
    // Above INT_MAX Xen takes it for a mistake.
    if (error != std::errc{} || rest != end || value > INT32_MAX) {
        return std::nullopt;
    }
    return value;
}

// To Xen '-' and '_' are one.
bool is_maptrack(std::string_view name) {
    constexpr std::string_view wanted = "gnttab_max_maptrack_frames";
    return std::ranges::equal(name, wanted,
                              [](char had, char want) { return (had == '-' ? '_' : had) == want; });
}

}  // namespace

std::uint32_t maptrack_frames(std::string_view xen_command_line) {
    std::uint32_t frames = default_maptrack_frames;
    while (!xen_command_line.empty()) {
        const std::string_view option = xen_command_line.substr(0, xen_command_line.find(' '));
        xen_command_line.remove_prefix(std::min(option.size() + 1, xen_command_line.size()));
        const std::size_t equals = option.find('=');
        if (equals != std::string_view::npos && is_maptrack(option.substr(0, equals))) {
            frames = number(option.substr(equals + 1)).value_or(frames);
        }
    }
    return frames;
}

}  // namespace leadlight::broker
