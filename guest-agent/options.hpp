// SPDX-License-Identifier: MIT
// The command line of leadlight-agent.
#pragma once

#include "shm-grants/address.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::agent {

struct Options {
    grants::Address address;
    bool xwayland = true;
    /// What was asked for in place of a run, to be printed; or nothing.
    std::string_view answer;
    /// Of this domain's grant table, as its configuration has it; nothing: Xen's default.
    std::optional<std::uint32_t> grant_frames;
    /// Where the counters are written at the end and at SIGUSR1; empty: at SIGUSR1 only, to
    /// standard error.
    std::string stats;
    /// Empty: run until SIGTERM.
    std::vector<std::string> program;
};

/// The error is one line for the person who typed it.
[[nodiscard]] std::expected<Options, std::string>
parse_options(std::span<const char* const> arguments);

}  // namespace leadlight::agent
