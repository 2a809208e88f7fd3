// SPDX-License-Identifier: MIT
// Input devices stamp events with the low 32 bits of the monotonic clock's milliseconds; everything
// here reckons in whole times.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstdint>

namespace leadlight::compositor {

/// The time of a stamp, given the time at which it is read. A stamp that lies in the future or long
/// ago is not one of this clock (nested backends pass on their host's): then it is now.
inline policy::Time event_time(std::uint32_t stamp, policy::Time now) {
    using std::chrono::milliseconds;
    const auto now_stamp =
        static_cast<std::uint32_t>(std::chrono::duration_cast<milliseconds>(now).count());
    const milliseconds age{static_cast<std::uint32_t>(now_stamp - stamp)};
    return age <= std::chrono::seconds{5} ? now - age : now;
}

}  // namespace leadlight::compositor
