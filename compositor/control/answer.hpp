// SPDX-License-Identifier: MIT
// One line of JSON in, one line of JSON out:
//
//     {"command": "windows"}                     {"ok": true, "windows": [...]}
//     {"command": "domain-remove", "name": "x"}  {"ok": false, "error": "..."}
#pragma once

#include "compositor/control/desk.hpp"

#include <span>
#include <string>
#include <string_view>

namespace leadlight::compositor {

/// Bytes of a request with its newline.
inline constexpr std::size_t max_request = 4096;

/// Without the newline; whatever the request is.
std::string answer(ControlDesk& desk, std::string_view request);

/// All commands there are.
std::span<const std::string_view> control_commands();

}  // namespace leadlight::compositor
