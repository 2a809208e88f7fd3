// SPDX-License-Identifier: MIT
// The command line of `leadlight`.
#pragma once

#include "compositor/server.hpp"

#include <optional>
#include <string>
#include <variant>

namespace leadlight::compositor {

struct Options {
    ServerOptions server;
    std::string config_file;  // empty: the default one, if it is there
    std::string warden;       // path; empty: beside this program, or where it was installed
    std::string ready_file;   // written once the desktop runs: the name of its Wayland socket
};

/// The options, or the exit status after --help, --version or a mistake, which was printed.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace leadlight::compositor
