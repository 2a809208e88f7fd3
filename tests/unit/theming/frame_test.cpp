// SPDX-License-Identifier: MIT
#include "theming/frame.hpp"

#include "painter.hpp"
#include "theming/chrome.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace leadlight::theming;

namespace {

Identity guest(std::string_view label, std::string name = "work") {
    return Identity::guest(std::move(name), *standard_label(label));
}

TitleBar bar_of(Identity who, bool focused, TextStripView title = {}) {
    TitleBar bar{.identity = std::move(who), .focused = focused};
    bar.title = title;
    return bar;
}

// The pixels of a title bar that are also its outline: above, left and right.
bool outline_is(const Bitmap& bitmap, int border, std::uint32_t colour) {
    for (int y = 0; y < bitmap.height; ++y) {
        for (int x = 0; x < bitmap.width; ++x) {
            const bool outline = y < border || x < border || x >= bitmap.width - border;
            if (outline && bitmap.at(x, y) != colour) {
                return false;
            }
        }
    }
    return true;
}

// Columns up to `end` are the same in both.
bool same_until(const Bitmap& one, const Bitmap& other, int end) {
    for (int y = 0; y < one.height; ++y) {
        if (!std::equal(one.row(y), one.row(y) + end, other.row(y))) {
            return false;
        }
    }
    return true;
}

TextStrip solid_strip(int width, int height) {
    return {width, height,
            std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 255)};
}

}  // namespace

TEST_CASE("the outline is exactly the label's colour, focused or not, at each scale") {
    const Scale scale(GENERATE(120u, 150u, 180u, 240u));
    const int border = scale.px(logical::border);
    // As much ink as a warden can send: all of the largest strip.
    const TextStrip flood = solid_strip(max_strip_width, max_strip_height);
    for (const Label& label : standard_labels()) {
        const Identity who = Identity::guest("domain", label);
        for (const bool focused : {false, true}) {
            for (const int width : {24, 90, 131, 640}) {
                CAPTURE(label.name, focused, width, scale.in_120ths());
                TitleBar bar = bar_of(who, focused, flood);
                bar.hovered = bar.pressed = FramePart::close;
                const Bitmap painted = paint_title_bar(painter(), bar, width, scale);
                REQUIRE(painted.width == width);
                REQUIRE(painted.height == scale.px(logical::title));
                REQUIRE(outline_is(painted, border, label.colour.argb()));
            }
        }
        for (const Edge edge : {Edge::left, Edge::right, Edge::bottom}) {
            const Bitmap painted = paint_edge(who, edge, 333, scale);
            const int thickness = edge == Edge::bottom ? painted.height : painted.width;
            REQUIRE(thickness == border);
            REQUIRE(std::ranges::all_of(painted.pixels,
                                        [&](auto p) { return p == label.colour.argb(); }));
        }
        const Bitmap top = paint_edge(who, Edge::top, 333, scale);
        REQUIRE(top.height == scale.px(logical::popup_top));
        REQUIRE(outline_is(top, scale.px(1), label.colour.argb()));
        REQUIRE(std::ranges::any_of(top.pixels, [&](auto p) { return p != label.colour.argb(); }));
    }
}

TEST_CASE("every pixel of a frame is opaque") {
    for (const Identity& who : {guest("blue"), Identity::admin("admin")}) {
        const TextStrip title = title_strip(painter(), "title", Scale(150), 200);
        const Bitmap painted =
            paint_title_bar(painter(), bar_of(who, true, title), 400, Scale(150));
        CHECK(std::ranges::all_of(painted.pixels, [](auto p) { return p >> 24 == 0xff; }));
    }
}

TEST_CASE("no title moves, covers or changes the name") {
    const Scale scale(GENERATE(120u, 150u, 180u, 240u));
    const Identity who = guest("red", "untrusted");
    for (const bool focused : {false, true}) {
        for (const int width : {60, 120, 300, 900}) {
            const Bitmap bare = paint_title_bar(painter(), bar_of(who, focused), width, scale);
            const int room = title_room(painter(), who, {}, width, scale);
            const int border = scale.px(logical::border);
            const int name_end = chip_end(painter(), who, border, width - border, scale);
            for (const TextStrip& title :
                 {title_strip(painter(), "short", scale, room),
                  title_strip(painter(), "a title so long that it must be cut somewhere", scale,
                              2048),
                  title_strip(painter(), "שלום עולם", scale, 2048),
                  title_strip(painter(), "banking \u202e gnirts", scale, 2048),
                  solid_strip(max_strip_width, max_strip_height)}) {
                const Bitmap painted =
                    paint_title_bar(painter(), bar_of(who, focused, title), width, scale);
                CAPTURE(focused, width, scale.in_120ths());
                REQUIRE(same_until(bare, painted, std::min(name_end, width)));
            }
        }
    }
}

TEST_CASE("a title shows in the room it was asked for, and a wider one stays within it") {
    const Scale scale(120);
    const Identity who = guest("blue");
    const int width = 400;
    const int room = title_room(painter(), who, {}, width, scale);
    REQUIRE(room > 200);
    const Bitmap bare = paint_title_bar(painter(), bar_of(who, true), width, scale);
    const Bitmap flooded =
        paint_title_bar(painter(), bar_of(who, true, solid_strip(2048, 20)), width, scale);
    int first = width;
    int last = -1;
    for (int y = 0; y < bare.height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (bare.at(x, y) != flooded.at(x, y)) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
        }
    }
    const auto frame = FrameGeometry::around({0, 0, width, 100}, scale);
    CHECK(last < frame.maximize().x);
    CHECK(last - first + 1 <= room);
    CHECK(last - first + 1 >= room - 2);  // the last columns fade to nothing
}

TEST_CASE("a strip that lies about its size is not painted") {
    const std::vector<std::uint8_t> few(10, 255);
    const Bitmap bare = paint_title_bar(painter(), bar_of(guest("blue"), true), 300, Scale(120));
    for (const TextStripView& lie :
         {TextStripView(100, 20, few), TextStripView(-1, -10, few), TextStripView(5000, 96, few)}) {
        const Bitmap painted =
            paint_title_bar(painter(), bar_of(guest("blue"), true, lie), 300, Scale(120));
        CHECK(painted.pixels == bare.pixels);
    }
}

TEST_CASE("names and titles are drawn in inks that read on what is under them") {
    // The ink is found in the picture itself: a solid strip shows the title's.
    for (const Label& label : standard_labels()) {
        for (const bool focused : {false, true}) {
            const Identity who = Identity::guest("d", label);
            const Bitmap bare = paint_title_bar(painter(), bar_of(who, focused), 500, Scale(120));
            const Bitmap inked = paint_title_bar(
                painter(), bar_of(who, focused, solid_strip(100, 20)), 500, Scale(120));
            const int x = 500 - title_room(painter(), who, {}, 500, Scale(120)) - 4 - 4 - 56 + 50;
            const auto rgb = [](std::uint32_t p) {
                return Rgb{static_cast<std::uint8_t>(p >> 16), static_cast<std::uint8_t>(p >> 8),
                           static_cast<std::uint8_t>(p)};
            };
            CAPTURE(label.name, focused);
            REQUIRE(bare.at(x, 14) != inked.at(x, 14));
            CHECK(contrast(rgb(bare.at(x, 14)), rgb(inked.at(x, 14))) >= 4.5);
        }
    }
}

TEST_CASE("focus shows, for each label and the admin domain, in a large part of the bar") {
    std::vector<Identity> all{Identity::admin("admin")};
    for (const Label& label : standard_labels()) {
        all.push_back(Identity::guest("domain", label));
    }
    for (const Identity& who : all) {
        const Bitmap with = paint_title_bar(painter(), bar_of(who, true), 400, Scale(120));
        const Bitmap without = paint_title_bar(painter(), bar_of(who, false), 400, Scale(120));
        int differing = 0;
        for (std::size_t i = 0; i < with.pixels.size(); ++i) {
            differing += with.pixels[i] != without.pixels[i] ? 1 : 0;
        }
        CAPTURE(who.name());
        CHECK(differing > 400 * 28 / 3);
    }
}

TEST_CASE("a window too narrow for its name shows the beginning of it") {
    const Identity who = guest("green", "a-name-of-thirty-one-characters");
    for (const int width : {9, 24, 40, 64, 100}) {
        CAPTURE(width);
        CHECK(paint_title_bar(painter(), bar_of(who, true), width, Scale(120)).width == width);
        CHECK(title_room(painter(), who, {}, width, Scale(120)) == 0);
    }
    const Bitmap bar = paint_title_bar(painter(), bar_of(who, true), 90, Scale(120));
    int inked = 0;
    for (int x = 32; x < 86; ++x) {
        for (int y = 4; y < 24; ++y) {
            inked += bar.at(x, y) == black.argb() ? 1 : 0;
        }
    }
    CHECK(inked > 20);
}

TEST_CASE("the admin domain's border has two tones everywhere, which no label's has") {
    const Scale scale(GENERATE(120u, 150u, 180u, 240u));
    const Identity admin = Identity::admin("admin");
    for (const Edge edge : {Edge::left, Edge::right, Edge::top, Edge::bottom}) {
        const Bitmap painted = paint_edge(admin, edge, 100, scale);
        const bool upright = edge == Edge::left || edge == Edge::right;
        for (int along = 20; along < 80; ++along) {
            int light = 0;
            int dark = 0;
            for (int across = 0; across < (upright ? painted.width : painted.height); ++across) {
                const auto pixel = upright ? painted.at(across, along) : painted.at(along, across);
                light += pixel == lead_light.argb() ? 1 : 0;
                dark += pixel == lead_dark.argb() ? 1 : 0;
            }
            REQUIRE(light > 0);
            REQUIRE(dark > 0);
            REQUIRE(light + dark == (upright ? painted.width : painted.height));
        }
    }
    // Outside is always light: the lead's bright line goes around without a break.
    const Bitmap bar = paint_title_bar(painter(), bar_of(admin, true), 300, scale);
    CHECK(outline_is(bar, 1, lead_light.argb()));
    CHECK(bar.at(scale.px(logical::border) - 1, bar.height - 1) == lead_dark.argb());
}

TEST_CASE("a button lights up under the pointer and nothing else changes") {
    TitleBar bar = bar_of(guest("purple"), true);
    const Bitmap resting = paint_title_bar(painter(), bar, 400, Scale(120));
    bar.hovered = FramePart::close;
    const Bitmap hovered = paint_title_bar(painter(), bar, 400, Scale(120));
    bar.pressed = FramePart::close;
    const Bitmap pressed = paint_title_bar(painter(), bar, 400, Scale(120));
    const Box close = FrameGeometry::around({0, 0, 400, 100}, Scale(120)).close();
    CHECK(same_until(resting, hovered, close.x));
    CHECK(hovered.at(close.x + 1, 14) != resting.at(close.x + 1, 14));
    CHECK(pressed.at(close.x + 1, 14) != hovered.at(close.x + 1, 14));
}

TEST_CASE("what we say of a domain stands after its name, and no title reaches it") {
    const Scale scale(GENERATE(120u, 150u, 240u));
    const bool focused = GENERATE(true, false);
    const std::string note = "(not responding)";
    const TextStrip flood = solid_strip(max_strip_width, max_strip_height);
    const int width = scale.px(600), border = scale.px(logical::border);
    TitleBar plain = bar_of(guest("blue"), focused), silent = plain, flooded = plain;
    silent.note = flooded.note = note;
    flooded.title = flood;
    const Bitmap without = paint_title_bar(painter(), plain, width, scale);
    const Bitmap with = paint_title_bar(painter(), silent, width, scale);
    const Bitmap loud = paint_title_bar(painter(), flooded, width, scale);
    CHECK(without.pixels != with.pixels);
    CHECK(outline_is(loud, border, standard_label("blue")->colour.argb()));
    const int name_end = chip_end(painter(), plain.identity, border, width, scale);
    const int note_end = name_end + painter().width_of(note, title_style(scale));
    CHECK(same_until(without, with, name_end));
    CHECK(same_until(with, loud, note_end));
    CHECK(title_room(painter(), plain.identity, {}, width, scale, note) <
          title_room(painter(), plain.identity, {}, width, scale));
    // However little room there is, the name keeps its own.
    for (const int narrow : {1, 20, 60, 130}) {
        CHECK(paint_title_bar(painter(), flooded, scale.px(narrow), scale).width ==
              scale.px(narrow));
    }
}
