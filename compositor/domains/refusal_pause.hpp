// SPDX-License-Identifier: MIT
// When to ask leadlightd again after it refused: who is away from the seat may be so for days, and
// leadlightd hears every try. Pure.
#pragma once

#include "compositor/policy/types.hpp"

#include <algorithm>

namespace leadlight::compositor {

class RefusalPause {
  public:
    static constexpr policy::Time least = std::chrono::seconds{1};
    static constexpr policy::Time most = std::chrono::seconds{30};

    /// Refused once more: how long to wait from now on.
    [[nodiscard]] policy::Time next() {
        pause_ = std::clamp(pause_ * 2, least, most);
        return pause_;
    }
    /// It serves, or will.
    void forget() { pause_ = {}; }

  private:
    policy::Time pause_{};
};

}  // namespace leadlight::compositor
