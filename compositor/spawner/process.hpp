// SPDX-License-Identifier: MIT
// The spawner's own process, from its fork to its exit.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <string>

namespace leadlight::compositor {

/// Serves until the other end of `socket` is closed; then kills all that it started. Gives the exit
/// status.
int run_spawner(grants::Descriptor socket, const std::string& warden_program);

}  // namespace leadlight::compositor
