// SPDX-License-Identifier: MIT
// A press goes nowhere if less than 300 ms ago content of another domain than before came under the
// resting pointer (rule 5): a guest that opens or closes a window at the right moment must not
// catch, or pass on to its neighbour, the click that was meant for what the person still sees.
#pragma once

#include "compositor/policy/types.hpp"

#include <optional>

namespace leadlight::policy {

class PressGuard {
  public:
    static constexpr Time interval = std::chrono::milliseconds{300};

    /// The person moved the pointer, and this is below it now. A frame counts as its domain; the
    /// compositor's own drawing is no domain.
    void moved(DomainId under) { under_ = under; }
    /// Windows came, went or changed place, and this is below the pointer now. Call it before
    /// moved() with what is at the old place, if windows have changed since.
    void scene_changed(DomainId under, Time now);
    bool allows_press(Time now) const;

  private:
    DomainId under_;
    std::optional<Time> surprised_;
};

}  // namespace leadlight::policy
