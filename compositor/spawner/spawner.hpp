// SPDX-License-Identifier: MIT
// Starts wardens for the local backend. The compositor locks itself in after start and then can
// start nothing, so this process is forked before, stays outside, and can do one thing: exec
// leadlight-warden for a domain's name and an address. When the compositor goes, it kills its
// wardens and goes too.
#pragma once

#include "compositor/config/domain_entry.hpp"
#include "compositor/spawner/warden_process.hpp"
#include "shm-grants/descriptor.hpp"

#include <expected>
#include <string>
#include <sys/types.h>

namespace leadlight::compositor {

class Spawner {
  public:
    /// Forks; call it while there is one thread, and before the Wayland display opens anything. The
    /// error is one line.
    [[nodiscard]] static std::expected<Spawner, std::string> fork_off(std::string warden_program);

    /// Never blocks. What goes wrong after it returned is told by the process's end.
    [[nodiscard]] std::expected<WardenProcess, std::string> start(const DomainEntry& domain);

    /// For a process that is watched like one of the compositor's own; readable when it has gone.
    int descriptor() const { return socket_.get(); }
    pid_t pid() const { return pid_; }

  private:
    Spawner(grants::Descriptor socket, pid_t pid) : socket_(std::move(socket)), pid_(pid) {}

    grants::Descriptor socket_;
    pid_t pid_;
};

/// Where a program of ours is: beside this one (in `subdirectory` of that place in a build tree),
/// or in `libexec`. The error names the places.
[[nodiscard]] std::expected<std::string, std::string>
find_program(const std::string& name, const std::string& subdirectory, const std::string& libexec);

}  // namespace leadlight::compositor
