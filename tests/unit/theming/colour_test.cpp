// SPDX-License-Identifier: MIT
#include "theming/colour.hpp"

#include "theming/label.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace leadlight::theming;
using Catch::Approx;

TEST_CASE("contrast is what WCAG says") {
    CHECK(contrast(black, white) == Approx(21.0));
    CHECK(contrast(white, black) == Approx(21.0));
    CHECK(contrast({0x76, 0x76, 0x76}, white) == Approx(4.54).margin(0.01));
    CHECK(contrast({0xff, 0, 0}, white) == Approx(4.0).margin(0.01));
}

TEST_CASE("ink reads on every ground that a label could have") {
    // All grounds on a grid of 4, and their neighbours where black and white change places: the
    // least contrast is that of sqrt(21), by the reason in colour.hpp.
    double least = 21;
    for (int r = 0; r < 256; r += 3) {
        for (int g = 0; g < 256; ++g) {
            for (int b = 0; b < 256; b += 3) {
                const Rgb ground{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                                 static_cast<std::uint8_t>(b)};
                least = std::min(least, contrast(ground, ink_on(ground)));
            }
        }
    }
    CHECK(least >= std::sqrt(21.0) - 1e-9);
    CHECK(least < 4.6);  // the bound is met, so the sweep went where it is tight
}

TEST_CASE("ink reads on each standard label and on lead") {
    for (const Label& label : standard_labels()) {
        CAPTURE(label.name);
        CHECK(contrast(label.colour, ink_on(label.colour)) >= 4.5);
    }
    CHECK(contrast(lead_light, ink_on(lead_light)) >= 4.5);
    CHECK(contrast(lead_dark, ink_on(lead_dark)) >= 4.5);
}

TEST_CASE("colours are read from six digits and nothing else") {
    CHECK(parse_rgb("cc0000") == Rgb{0xcc, 0, 0});
    CHECK(parse_rgb("#3465A4") == Rgb{0x34, 0x65, 0xa4});
    for (const char* bad : {"", "#", "cc000", "cc00000", "cc000g", "-c0000", "+c0000", " c0000",
                            "0xcc00", "##cc000"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_rgb(bad));
    }
}

TEST_CASE("difference is a distance") {
    CHECK(difference(black, white) == Approx(100.0).margin(0.1));
    CHECK(difference({1, 2, 3}, {1, 2, 3}) == 0);
    CHECK(difference({0xcc, 0, 0}, {0xcd, 0, 0}) < 1);
}

TEST_CASE("a mix begins and ends at its colours") {
    CHECK(mix({10, 20, 30}, {200, 100, 50}, 0) == Rgb{10, 20, 30});
    CHECK(mix({10, 20, 30}, {200, 100, 50}, 1) == Rgb{200, 100, 50});
    CHECK(mix(black, white, 0.5) == Rgb{128, 128, 128});
}
