// SPDX-License-Identifier: MIT
// Who sits at the machine, and who asks.
#pragma once

#include "compositor/broker/admission.hpp"

#include <optional>
#include <string>

#include <sys/types.h>

namespace leadlight::broker {

/// Who has the active session of seat0, by logind. A greeter's counts as nobody's.
std::optional<Person> active_person();

/// Of a connected socket, as the kernel noted it when it was connected.
std::optional<uid_t> peer_user(int socket);
/// The session that the process belongs to which connected; empty: none.
std::string peer_session(int socket);

/// False: logged out of, or being so.
bool session_lasts(const std::string& session);

/// A user's name or number.
std::optional<uid_t> user_named(const std::string& name);
std::optional<gid_t> group_named(const std::string& name);

}  // namespace leadlight::broker
