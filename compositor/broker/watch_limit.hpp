// SPDX-License-Identifier: MIT
// How often a guest may make leadlightd look at its nodes. It can write them as fast as it likes,
// and each write is an event here; one that goes on is not watched for a while, so that the events
// are not even sent (rule 7). What it wrote meanwhile is read once, afterwards. Pure.
#pragma once

#include <algorithm>
#include <chrono>

namespace leadlight::broker {

using Time = std::chrono::nanoseconds;  // of any steady clock

class WatchLimit {
  public:
    static constexpr int burst = 16;
    static constexpr Time refill = std::chrono::milliseconds{250};  // one event more
    static constexpr Time rest = std::chrono::seconds{2};

    explicit WatchLimit(Time now) : filled_(now) {}

    /// An event came. False: it was one too many, do not watch for `rest`.
    [[nodiscard]] bool take(Time now) {
        const auto more = (now - filled_) / refill;
        filled_ += more * refill;
        left_ = static_cast<int>(std::min<std::int64_t>(burst, left_ + more));
        if (left_ == 0) {
            return false;
        }
        --left_;
        return true;
    }

  private:
    Time filled_;
    int left_ = burst;
};

}  // namespace leadlight::broker
