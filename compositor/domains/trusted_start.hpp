// SPDX-License-Identifier: MIT
// What a compositor with the right to ask leadlightd takes from who starts it. Its file may be
// executed by every program of the person's, which would otherwise command leadlightd by it: with a
// desktop in a window of its own, labels of its own, and libraries that the environment names. So
// it shows on the seat's screens only, by the administrator's configuration, and of the environment
// it keeps what names session and language. Pure.
#pragma once

#include "compositor/server.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace leadlight::compositor {

/// What was asked for on the command line.
struct AskedStart {
    BackendKind backend = BackendKind::automatic;
    bool default_socket = true;         // of leadlightd
    bool default_configuration = true;  // no file was named
};

/// The option that such a start does not take, if any. Not a configuration either, whoever wrote
/// it: a file that is root's by all that can be asked of it may be any process's words
/// (/proc/PID/cmdline). `test_build`: its input comes from a socket anyway, so it may show nowhere.
std::optional<std::string> refused_option(const AskedStart& asked, bool test_build);

/// The variable of the environment says nothing but where and in which language it runs.
bool is_harmless_variable(std::string_view name);

}  // namespace leadlight::compositor
