// SPDX-License-Identifier: MIT
#include "theming/label.hpp"

#include "theming/pattern.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

using namespace leadlight::theming;

TEST_CASE("the standard labels are those of Qubes OS, each with a pattern of its own") {
    CHECK(standard_label("red")->colour == Rgb{0xcc, 0x00, 0x00});
    CHECK(standard_label("orange")->colour == Rgb{0xf5, 0x79, 0x00});
    CHECK(standard_label("yellow")->colour == Rgb{0xed, 0xd4, 0x00});
    CHECK(standard_label("green")->colour == Rgb{0x73, 0xd2, 0x16});
    CHECK(standard_label("gray")->colour == Rgb{0x55, 0x55, 0x55});
    CHECK(standard_label("blue")->colour == Rgb{0x34, 0x65, 0xa4});
    CHECK(standard_label("purple")->colour == Rgb{0x75, 0x50, 0x7b});
    CHECK(standard_label("black")->colour == Rgb{0x00, 0x00, 0x00});
    CHECK(standard_label("mauve") == nullptr);
    std::set<Pattern> patterns;
    for (const Label& label : standard_labels()) {
        CAPTURE(label.name);
        patterns.insert(label.pattern);
        CHECK_FALSE(label_problem(label, standard_labels()));
    }
    CHECK(patterns.size() == 8);
}

TEST_CASE("patterns have names that lead back to them") {
    for (int i = 0; i < pattern_count; ++i) {
        const auto pattern = static_cast<Pattern>(i);
        CHECK(pattern_named(pattern_name(pattern)) == pattern);
    }
    CHECK_FALSE(pattern_named("plaid"));
}

TEST_CASE("any two patterns differ in much of their field, at each scale") {
    for (const std::uint32_t value : {120u, 150u, 180u, 240u}) {
        const Scale scale(value);
        const int size = scale.px(20);
        std::vector<Bitmap> drawn;
        for (int i = 0; i < pattern_count; ++i) {
            Canvas canvas(size, size, black.argb());
            draw_pattern(canvas, canvas.whole(), static_cast<Pattern>(i), white, scale);
            drawn.push_back(std::move(canvas).take());
        }
        for (std::size_t a = 0; a < drawn.size(); ++a) {
            for (std::size_t b = a + 1; b < drawn.size(); ++b) {
                int differing = 0;
                for (std::size_t i = 0; i < drawn[a].pixels.size(); ++i) {
                    const int one = drawn[a].pixels[i] & 0xff;
                    const int other = drawn[b].pixels[i] & 0xff;
                    differing += std::abs(one - other) > 96 ? 1 : 0;
                }
                CAPTURE(value, a, b);
                CHECK(differing * 5 > size * size);
            }
        }
    }
}

TEST_CASE("a custom label is refused if it could be taken for another or for the admin domain") {
    const auto problem = [](Rgb colour) {
        return label_problem({"mine", colour, Pattern::dots}, standard_labels());
    };
    CHECK_FALSE(problem({0x0b, 0x93, 0x8d}));
    CHECK(problem({0xcd, 0x01, 0x01}).value_or("").find("label red") != std::string::npos);
    CHECK(problem(lead_light).value_or("").find("admin") != std::string::npos);
    CHECK(problem(lead_dark).value_or("").find("admin") != std::string::npos);
    CHECK(problem(white));
    CHECK(label_problem({"a b", {0x0b, 0x93, 0x8d}, Pattern::dots}));
    // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): just that is tried
    CHECK(label_problem({"mine", {0x0b, 0x93, 0x8d}, static_cast<Pattern>(8)}));
    SECTION("but it may take the place of the one whose name it has") {
        CHECK_FALSE(label_problem({"red", {0xcd, 0x01, 0x01}, Pattern::dots}, standard_labels()));
    }
}
