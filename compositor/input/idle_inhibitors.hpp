// SPDX-License-Identifier: MIT
// Windows of guests that would keep the screen on. Only what the person can see does, and only
// while somebody is behind it.
#pragma once

#include "compositor/policy/types.hpp"

#include <set>

namespace leadlight::compositor {

class Server;

class IdleInhibitors {
  public:
    explicit IdleInhibitors(const Server& server) : server_(server) {}

    void set(policy::WindowId window, bool inhibits);
    /// Whether any counts now.
    bool any() const;

  private:
    const Server& server_;
    std::set<policy::WindowId> windows_;
};

}  // namespace leadlight::compositor
