// SPDX-License-Identifier: MIT
// The one clock of the compositor: monotonic, the same that libinput, wlroots and presentation
// times use, so that times of all of them may be compared.
#pragma once

#include "compositor/policy/types.hpp"

#include <ctime>

namespace leadlight::compositor {

inline policy::Time to_time(const timespec& when) {
    return std::chrono::seconds(when.tv_sec) + std::chrono::nanoseconds(when.tv_nsec);
}

inline policy::Time now() {
    timespec when{};
    clock_gettime(CLOCK_MONOTONIC, &when);
    return to_time(when);
}

}  // namespace leadlight::compositor
