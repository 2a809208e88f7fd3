// SPDX-License-Identifier: MIT
// "1920x1080@1.25" of the command line; for headless and nested backends.
#pragma once

#include "compositor/policy/scale.hpp"

namespace leadlight::compositor {

struct OutputWish {
    int width = 1280, height = 720;  // physical pixels
    policy::Scale scale;
};

}  // namespace leadlight::compositor
