// SPDX-License-Identifier: MIT
// Who sits at the machine, and who asks.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace leadlight::broker {

/// The user of the active session of seat0, by logind. A greeter's counts as nobody's.
std::optional<uid_t> active_user();

/// Of a connected socket, as the kernel noted it when it was connected.
std::optional<uid_t> peer_user(int socket);

/// A user's name or number.
std::optional<uid_t> user_named(const std::string& name);
std::optional<gid_t> group_named(const std::string& name);

}  // namespace leadlight::broker
