// SPDX-License-Identifier: MIT
// What a window is to its domain. A role holds for life.
#pragma once

#include <cstdint>

namespace leadlight::compositor {

enum class WindowRole : std::uint8_t { toplevel, popup, unmanaged };

}  // namespace leadlight::compositor
