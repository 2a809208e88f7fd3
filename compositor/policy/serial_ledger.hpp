// SPDX-License-Identifier: MIT
// The serials of the input events sent to one domain. A request that acts on stacking, size, grabs
// or pointer locks names one, and counts only from the focused domain and within 2 s (rule 5): what
// a guest does with windows has to follow from what the person just did in it. Events that a guest
// can bring about by itself (a focus that moves to its new window, a pointer that is over it now, a
// release because its drag began) have serials too, as old as what the person did last: else it
// would answer to itself for ever.
//
// Constant memory at any event rate: of a run of events within 1/32 s only the first is written
// down, so a serial may be held for that much older than it is, never for younger.
#pragma once

#include "compositor/policy/types.hpp"

#include <array>
#include <cstddef>

namespace leadlight::policy {

/// Per domain, from 1 on; comparisons survive its wrap-around.
struct Serial {
    std::uint32_t value = 0;
    bool operator==(const Serial&) const = default;
};

class SerialLedger {
  public:
    static constexpr Time lifetime = std::chrono::seconds{2};

    /// For an event that is the person's: a press of a key, a button, a finger.
    [[nodiscard]] Serial issue(Time now);
    /// For one that may be the guest's own doing.
    [[nodiscard]] Serial issue_unvouched();
    bool recent(Serial serial, Time now) const;
    /// The question that a request has to pass.
    bool vouches(Serial serial, Time now, bool domain_is_focused) const {
        return domain_is_focused && recent(serial, now);
    }
    Serial last() const { return last_; }

  private:
    static constexpr Time resolution = lifetime / 64;
    static constexpr std::size_t marks = 66;  // more than fit into a lifetime
    struct Mark {
        Serial first;
        Time at{};
    };

    Serial last_;
    std::array<Mark, marks> ring_{};
    std::size_t written_ = 0;
};

}  // namespace leadlight::policy
