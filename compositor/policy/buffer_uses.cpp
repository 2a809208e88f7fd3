// SPDX-License-Identifier: MIT
#include "compositor/policy/buffer_uses.hpp"

#include <utility>

namespace leadlight::policy {

void BufferUses::begin(BufferId buffer) {
    if (buffer) {
        ++uses_[buffer].count;
    }
}

void BufferUses::end(BufferId buffer, std::vector<BufferId>& ended) {
    const auto use = uses_.find(buffer);
    if (use == uses_.end() || use->second.count == 0) {
        return;
    }
    if (--use->second.count == 0 && !std::exchange(use->second.noted, true)) {
        ended.push_back(buffer);
    }
}

std::vector<BufferId> BufferUses::settle(std::vector<BufferId>& ended) {
    std::vector<BufferId> unused;
    for (const auto buffer : std::exchange(ended, {})) {
        const auto use = uses_.find(buffer);
        use->second.noted = false;
        if (use->second.count == 0) {
            uses_.erase(use);
            unused.push_back(buffer);
        }
    }
    return unused;
}

bool BufferUses::in_use(BufferId buffer) const {
    const auto use = uses_.find(buffer);
    return use != uses_.end() && use->second.count != 0;
}

}  // namespace leadlight::policy
