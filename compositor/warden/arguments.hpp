// SPDX-License-Identifier: MIT
// The command line of a warden. It is the spawner that writes it, so a few lines replace a library
// that would stand beside a guest's bytes.
#pragma once

#include "shm-grants/address.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>

namespace leadlight::warden {

struct Arguments {
    grants::Address channel;
    int records = -1;
    std::string domain;  // for the log; letters, digits, . _ -
    /// Who to become once connected; started by leadlightd, which is root.
    std::optional<std::uint32_t> user;
};

/// Without the program's name. The error is one line.
[[nodiscard]] std::expected<Arguments, std::string> parse_arguments(std::span<char* const> words);

extern const char* const usage_text;

}  // namespace leadlight::warden
