// SPDX-License-Identifier: MIT
// The press guard's rule for fingers (rule 5): a touch goes nowhere if less than 300 ms ago content
// of another domain was where it comes down. A pointer rests somewhere, so one place is watched
// (press_guard.hpp); a finger comes down anywhere, so what the desktop looked like is kept as long
// as it matters.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/types.hpp"

#include <deque>
#include <vector>

namespace leadlight::policy {

class TouchGuard {
  public:
    static constexpr Time interval = std::chrono::milliseconds{300};
    /// Pictures closer together are one: what a guest can do in between nobody could have seen.
    static constexpr Time grain = std::chrono::milliseconds{10};

    struct Patch {
        Box frame;
        DomainId domain;
    };
    using Picture = std::vector<Patch>;  // from the bottom up

    /// Windows came, went or changed place, and this is how they lie now.
    void scene_changed(Picture picture, Time now);
    bool allows_touch(Point at, Time now) const;

  private:
    struct Held {
        Picture picture;
        Time since{};
    };
    std::deque<Held> held_;  // the present one last; the first was there before the interval
};

}  // namespace leadlight::policy
