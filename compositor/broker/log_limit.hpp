// SPDX-License-Identifier: MIT
// How often leadlightd says what somebody can bring about at will: the first time, then once a
// minute with how often it was left out. The journal is the machine's, and not theirs to fill
// (rule 7). Pure.
#pragma once

#include "compositor/broker/watch_limit.hpp"

#include <optional>
#include <string>
#include <utility>

namespace leadlight::broker {

class LogLimit {
  public:
    static constexpr Time pause = std::chrono::minutes{1};

    /// The line for the log, or nothing this time.
    [[nodiscard]] std::optional<std::string> take(Time now, const std::string& text) {
        if (next_ && now < *next_) {
            ++left_out_;
            return std::nullopt;
        }
        next_ = now + pause;
        const auto left_out = std::exchange(left_out_, 0);
        return left_out == 0 ? text
                             : text + " (" + std::to_string(left_out) + " more like this left out)";
    }

  private:
    std::optional<Time> next_;
    unsigned left_out_ = 0;
};

}  // namespace leadlight::broker
