// SPDX-License-Identifier: MIT
#include "compositor/policy/press_guard.hpp"

namespace leadlight::policy {

void PressGuard::scene_changed(DomainId under, Time now) {
    if (under && under != under_) {
        surprised_ = now;
    }
    under_ = under;
}

bool PressGuard::allows_press(Time now) const {
    return !surprised_ || now - *surprised_ >= interval;
}

}  // namespace leadlight::policy
