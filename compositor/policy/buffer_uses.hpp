// SPDX-License-Identifier: MIT
// How often a buffer is in use. Buffers belong to a domain, not to a window: one may be shown in
// two windows, or be named by a commit while it is on screen. It goes back to the guest once, when
// the last use has ended.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace leadlight::policy {

class BufferUses {
  public:
    void begin(BufferId buffer);
    /// Adds the buffer to `ended` if this was its last use and nobody has yet noted it there.
    void end(BufferId buffer, std::vector<BufferId>& ended);
    /// Those of `ended` that are still unused: to be released now. Clears `ended`.
    [[nodiscard]] std::vector<BufferId> settle(std::vector<BufferId>& ended);
    bool in_use(BufferId buffer) const;

  private:
    struct Use {
        std::uint32_t count = 0;
        bool noted = false;  // stands in some window's list of ended uses
    };
    std::map<BufferId, Use> uses_;
};

}  // namespace leadlight::policy
