// SPDX-License-Identifier: MIT
#include "compositor/scene/shown_length.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cmath>

using namespace leadlight;
using namespace leadlight::compositor;

TEST_CASE("content is shown with exactly the pixels it has, less at most one") {
    const policy::Scale scale(GENERATE(120U, 150U, 180U, 210U, 240U, 360U, 480U));
    for (int physical = 1; physical <= 3000; ++physical) {
        const ShownLength shown = shown_length(physical, scale);
        // As wlr_scene works it out, in floats.
        const float wide =
            static_cast<float>(shown.logical) * (static_cast<float>(scale.in_120ths()) / 120.0F);
        CHECK(shown.physical == static_cast<int>(std::round(wide)));
        CHECK(shown.physical <= physical);
        const int step = static_cast<int>(std::ceil(scale.in_120ths() / 120.0));
        CHECK(physical - shown.physical < step);
    }
}
