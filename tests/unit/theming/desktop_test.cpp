// SPDX-License-Identifier: MIT
#include "theming/desktop.hpp"
#include "theming/switcher.hpp"

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

TEST_CASE("who asks for attention is a chip in its exact colour, as many as have room") {
    const Scale scale(GENERATE(120u, 150u, 180u, 240u));
    TrustedBar bar{Identity::guest("work", *standard_label("blue")), "", "20:45"};
    for (const Label& label : standard_labels()) {
        bar.attention.push_back(Identity::guest("domain-of-" + label.name, label));
    }
    for (const int width : {scale.px(1280), scale.px(500), 40, 1}) {
        const auto chips = attention_chips(painter(), bar, width, scale);
        const Bitmap picture = paint_bar(painter(), bar, width, scale);
        CHECK(chips.size() <= bar.attention.size());
        CHECK((width < scale.px(1280) || chips.size() >= 3));
        for (std::size_t i = 0; i < chips.size(); ++i) {
            const Box& chip = chips[i];
            // In the right half, apart from each other, above the focused domain's line.
            CHECK(chip.x >= width / 2);
            CHECK(chip.right() <= width);
            CHECK(chip.bottom() <= picture.height - scale.px(4));
            CHECK((i == 0 || chip.x > chips[i - 1].right()));
            const std::uint32_t colour = bar.attention[i].label().colour.argb();
            CHECK(picture.at(chip.right() - 1, chip.y) == colour);
            CHECK(picture.at(chip.right() - 1, chip.bottom() - 1) == colour);
        }
        if (width > 100) {
            CHECK(picture.at(width / 2, picture.height - 1) ==
                  standard_label("blue")->colour.argb());
        }
    }
}

TEST_CASE("the switcher's rows show each label, and a title never reaches its chip") {
    const Scale scale(GENERATE(120u, 150u, 240u));
    const SwitcherGeometry geometry(scale.px(1280), scale.px(700), scale);
    TextStrip title{.width = max_strip_width, .height = 20, .a8 = {}};
    title.a8.assign(static_cast<std::size_t>(title.width) * 20, 255);
    SwitcherPicture with{.selected = 1}, without{.selected = 1};
    for (const Label& label : standard_labels()) {
        with.rows.push_back({.identity = Identity::guest(std::string(31, 'W'), label),
                             .title = title,
                             .attention = true});
        without.rows.push_back({.identity = Identity::guest(std::string(31, 'W'), label),
                                .title = {},
                                .attention = true});
    }
    const Bitmap filled = paint_switcher(painter(), with, geometry, scale);
    const Bitmap empty = paint_switcher(painter(), without, geometry, scale);
    CHECK(filled.width == geometry.width());
    CHECK(std::ranges::all_of(filled.pixels, [](auto p) { return p >> 24 == 0xff; }));
    for (std::size_t i = 0; i < with.rows.size(); ++i) {
        const Box row = geometry.row(i);
        const int y = row.y + row.height / 2;
        CHECK(geometry.row_at({row.x, y}, with.rows.size()) == i);
        const std::uint32_t colour = with.rows[i].identity.label().colour.argb();
        int coloured = 0, changed = 0;
        for (int x = row.x; x < row.right(); ++x) {
            coloured += filled.at(x, row.y + row.height / 2 - scale.px(11)) == colour ? 1 : 0;
            const bool differs = filled.at(x, y) != empty.at(x, y);
            changed += differs ? 1 : 0;
            // Left of the title is the chip, and nothing of a guest.
            CHECK_FALSE((differs && x < row.x + scale.px(220)));
        }
        CHECK(coloured > scale.px(150));
        CHECK(changed > scale.px(100));
    }
    CHECK_FALSE(geometry.row_at({0, 0}, with.rows.size()));
    CHECK_FALSE(geometry.row_at({geometry.row(0).x, geometry.height(8) - 1}, 8));
}

TEST_CASE("a switcher is painted in any room") {
    for (const int room : {1, 30, 100, 16384}) {
        const SwitcherGeometry geometry(room, room, Scale(180));
        CHECK(geometry.most_rows() >= 1);
        const SwitcherPicture one{.rows = {{.identity = Identity::admin("admin"), .title = {}}},
                                  .more_above = true,
                                  .more_below = true};
        CHECK(paint_switcher(painter(), one, geometry, Scale(180)).width == geometry.width());
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
