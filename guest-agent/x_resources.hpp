// SPDX-License-Identifier: MIT
// What X11 programs read of the scale: text of the root window, that xrdb and others write, too.
// X11 itself knows none, and its pixels are physical ones.
#pragma once

#include "guest-agent/units.hpp"

#include <string>
#include <string_view>

namespace leadlight::agent {

/// The resources, a line each, with those for that scale in the place of what they said of it.
std::string with_scale(std::string_view resources, WindowScale scale);

}  // namespace leadlight::agent
