// SPDX-License-Identifier: MIT
// The other end of the compositor's control socket.
#pragma once

#include <expected>
#include <string>

namespace leadlight::ctl {

/// $XDG_RUNTIME_DIR/leadlight/control
std::string default_socket();

/// Sends one line and waits for one. The error is one line for the person.
[[nodiscard]] std::expected<std::string, std::string> ask(const std::string& socket_path,
                                                          const std::string& request);

}  // namespace leadlight::ctl
