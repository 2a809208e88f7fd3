// SPDX-License-Identifier: MIT
// The command line of leadlightd.
#pragma once

#include "compositor/broker/wardens.hpp"

#include <optional>
#include <string>
#include <variant>

namespace leadlight::broker {

struct Options {
    std::string socket = "/run/leadlight/domains.sock";
    std::optional<gid_t> group;  // of the socket; none: everyone may ask
    std::optional<uid_t> user;   // none: whoever has the seat
    WardenSettings wardens;
};

/// The options, or the exit status after --help, --version or a mistake, which was printed.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace leadlight::broker
