// SPDX-License-Identifier: MIT
// Which serials went out, so that an answer can name none that did not. The last ones are known
// one by one; of older ones only the range that they lie in, so that memory stays constant at any
// rate of events.
#pragma once

#include "protocol/types.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace leadlight::warden {

class SentSerials {
  public:
    void add(protocol::Serial serial) {
        const std::size_t place = next_++ % recent_.size();
        if (next_ > recent_.size()) {
            if (!older_) {
                older_ = Range{recent_[place], recent_[place]};
            } else if (after(recent_[place], older_->last)) {
                older_->last = recent_[place];
            }
        }
        recent_[place] = serial;
    }

    bool contains(protocol::Serial serial) const {
        const auto* const end = recent_.data() + std::min(next_, recent_.size());
        if (std::find(recent_.data(), end, serial) != end) {
            return true;
        }
        return older_ && !after(older_->first, serial) && !after(serial, older_->last);
    }

  private:
    struct Range {
        protocol::Serial first, last;
    };
    /// Serials wrap around.
    static bool after(protocol::Serial a, protocol::Serial b) {
        return a != b && a - b < 0x8000'0000u;
    }

    std::array<protocol::Serial, 32> recent_{};
    std::size_t next_ = 0;
    std::optional<Range> older_;
};

}  // namespace leadlight::warden
