// SPDX-License-Identifier: MIT
#include "theming/desktop.hpp"

#include "painter.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace leadlight::theming;

TEST_CASE("the bar shows the focused domain's exact colour along the output") {
    const Scale scale(GENERATE(120u, 150u, 180u, 240u));
    for (const Label& label : standard_labels()) {
        const Bitmap bar =
            paint_bar(painter(), {Identity::guest("work", label), "", "20:45"}, 800, scale);
        REQUIRE(bar.height == scale.px(28));
        for (int x = 0; x < bar.width; ++x) {
            REQUIRE(bar.at(x, bar.height - 1) == label.colour.argb());
        }
        REQUIRE(bar.at(0, 0) == label.colour.argb());
        REQUIRE(bar.at(799, 0) != label.colour.argb());
    }
}

TEST_CASE("no focus, a guest and the admin domain give different bars, all opaque") {
    const auto paint = [](std::optional<Identity> who, std::string mode) {
        return paint_bar(painter(), {std::move(who), std::move(mode), "20:45"}, 700, Scale(120));
    };
    const Bitmap none = paint(std::nullopt, "");
    const Bitmap guest = paint(Identity::guest("admin", *standard_label("gray")), "");
    const Bitmap admin = paint(Identity::admin("admin"), "");
    const Bitmap locked = paint(std::nullopt, "locked");
    CHECK(none.pixels != guest.pixels);
    CHECK(guest.pixels != admin.pixels);
    CHECK(none.pixels != locked.pixels);
    for (const Bitmap* bar : {&none, &guest, &admin, &locked}) {
        CHECK(std::ranges::all_of(bar->pixels, [](auto p) { return p >> 24 == 0xff; }));
    }
}

TEST_CASE("a bar is painted at any width and the longest name") {
    const Identity who = Identity::guest(std::string(31, 'W'), *standard_label("red"));
    for (const int width : {1, 20, 100, 300, 8000}) {
        CHECK(paint_bar(painter(), {who, "moving a window", "Mon 23 Nov 20:45"}, width, Scale(240))
                  .width == width);
    }
}

TEST_CASE("the background is dark, opaque and always the same") {
    const Bitmap one = paint_background(640, 400, Scale(120));
    CHECK(one.pixels == paint_background(640, 400, Scale(120)).pixels);
    CHECK(std::ranges::all_of(one.pixels, [](std::uint32_t p) {
        return p >> 24 == 0xff && (p & 0xff) < 0x60 && ((p >> 8) & 0xff) < 0x60 &&
               ((p >> 16) & 0xff) < 0x60;
    }));
    CHECK(*std::ranges::max_element(one.pixels) != *std::ranges::min_element(one.pixels));
}

TEST_CASE("the compositor's own words are premultiplied ink") {
    const Bitmap text =
        paint_text(painter(), "Unlock", {0xcc, 0x40, 0x00}, title_style(Scale(120)));
    CHECK(text.width == painter().width_of("Unlock", title_style(Scale(120))));
    bool inked = false;
    for (const std::uint32_t p : text.pixels) {
        REQUIRE(((p >> 16) & 0xff) <= (p >> 24));
        inked |= p == 0xffcc4000u;
    }
    CHECK(inked);
}
