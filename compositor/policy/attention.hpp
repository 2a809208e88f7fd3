// SPDX-License-Identifier: MIT
// Which domains ask for the person's attention, for the trusted bar: each once, however many of its
// windows ask, in the order in which they began. It is a list that stands still, and a domain that
// asks, stops and asks again is not shown again before 5 s are over: no guest can make it blink.
#pragma once

#include "compositor/policy/types.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace leadlight::policy {

class Attention {
  public:
    static constexpr Time rest = std::chrono::seconds{5};

    /// The domains of which some window asks now.
    void update(const std::set<DomainId>& asking, Time now);
    /// Those to show.
    std::vector<DomainId> shown(Time now) const;
    /// When a domain that rests will be shown, if it still asks then.
    std::optional<Time> next_change(Time now) const;

  private:
    std::vector<DomainId> asking_;          // in the order of their beginning
    std::map<DomainId, Time> rests_until_;  // of domains that were shown
};

}  // namespace leadlight::policy
