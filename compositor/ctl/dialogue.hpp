// SPDX-License-Identifier: MIT
// Requests as JSON, and answers as tables for people. The one file of this program that knows JSON
// stands behind it.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace leadlight::ctl {

using Members = std::vector<std::pair<std::string, std::string>>;

/// {"command": ..., and each member as text}
std::string request(const std::string& command, const Members& members = {});

struct Style {
    bool json = false;
    bool colour = false;  // a patch of the label's colour beside it
};

/// What to print; the error is what the compositor said.
[[nodiscard]] std::expected<std::string, std::string> show(const std::string& answer, Style style);

}  // namespace leadlight::ctl
