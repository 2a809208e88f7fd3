// SPDX-License-Identifier: MIT
// The command line of `leadlight`.
#pragma once

#include "compositor/server.hpp"

#include <optional>
#include <string>
#include <variant>

namespace leadlight::compositor {

/// Who tells of domains and starts their wardens.
enum class DomainsBy : std::uint8_t {
    leadlightd,  // Xen's, with none of its rights here
    local,       // the configuration's addresses; for development and for trying things out
};

struct Options {
    ServerOptions server;
    std::string config_file;  // empty: the default one, if it is there
    std::string warden;       // path; empty: beside this program, or where it was installed
    DomainsBy domains = DomainsBy::leadlightd;
    std::string leadlightd = "/run/leadlight/domains.sock";
    std::string ready_file;  // written once the desktop runs: the name of its Wayland socket
};

/// The options, or the exit status after --help, --version or a mistake, which was printed.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace leadlight::compositor
