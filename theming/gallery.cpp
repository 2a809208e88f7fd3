// SPDX-License-Identifier: MIT
// Paints every label, focused and not, at every scale on one sheet, for eyes to judge what tests
// cannot: leadlight-gallery FILE.png. Not installed.
#include "theming/desktop.hpp"
#include "theming/frame.hpp"
#include "theming/sanitise.hpp"

#include <algorithm>
#include <cairo.h>
#include <cstdio>
#include <vector>

using namespace leadlight::theming;

namespace {

struct Sheet {
    Bitmap picture;

    void put(const Bitmap& from, int x, int y) {
        for (int row = 0; row < from.height && y + row < picture.height; ++row) {
            const int columns = std::min(from.width, picture.width - x);
            if (columns > 0) {
                std::copy_n(from.row(row), columns, picture.row(y + row) + x);
            }
        }
    }
    void fill(Box box, Rgb colour) {
        put(Bitmap(box.width, box.height, colour.argb()), box.x, box.y);
    }
};

struct Gallery {
    const TextPainter& painter;
    Sheet sheet;

    void edges(const FrameGeometry& frame, const Identity& who, Scale scale) {
        const Box left = frame.left();
        const Box right = frame.right();
        const Box bottom = frame.bottom();
        sheet.put(paint_edge(who, Edge::left, left.height, scale), left.x, left.y);
        sheet.put(paint_edge(who, Edge::right, right.height, scale), right.x, right.y);
        sheet.put(paint_edge(who, Edge::bottom, bottom.width, scale), bottom.x, bottom.y);
    }

    void window(Box outer, TitleBar bar, std::string_view title, Scale scale) {
        const auto frame = FrameGeometry::around(outer, scale, FrameKind::window, bar.buttons);
        const int room = title_room(painter, bar.identity, bar.buttons, outer.width, scale);
        const TextStrip strip = title_strip(painter, sanitise(title), scale, room);
        bar.title = strip;
        sheet.put(paint_title_bar(painter, bar, outer.width, scale), outer.x, outer.y);
        edges(frame, bar.identity, scale);
        sheet.fill(frame.content(), bar.focused ? white : Rgb{0xf2, 0xf2, 0xf0});
    }

    void popup(Box outer, const Identity& who, Scale scale) {
        const auto frame = FrameGeometry::around(outer, scale, FrameKind::popup);
        sheet.put(paint_edge(who, Edge::top, outer.width, scale), outer.x, outer.y);
        edges(frame, who, scale);
        sheet.fill(frame.content(), {0xfa, 0xfa, 0xfa});
    }
};

struct Sample {
    Identity who;
    std::string_view title;
};

std::vector<Sample> samples() {
    constexpr std::array names{"untrusted", "web",  "chat",     "media",
                               "vault",     "work", "personal", "banking"};
    constexpr std::array titles{
        "curl https://example.org | sh",
        "Mozilla Firefox",
        "Élodie, Жанна and Ζωή – 3 new messages",
        "שלום עולם – player",
        "passwords.kdbx",
        "~/src/leadlight – vim frame.cpp",
        "Family photographs 2026 – a very long title that does not fit into its window at all",
        "Transfers"};
    std::vector<Sample> all;
    all.reserve(names.size() + 2);
    for (std::size_t i = 0; i < standard_labels().size(); ++i) {
        all.push_back({Identity::guest(names.at(i), standard_labels().at(i)), titles.at(i)});
    }
    all.push_back({Identity::admin("admin"), "Files"});
    all.push_back({Identity::guest("lab.teal-2", {"teal", {0x0b, 0x93, 0x8d}, Pattern::rings}),
                   "a custom label"});
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    auto painter = TextPainter::load();
    if (argc != 2 || !painter) {
        (void)std::puts(painter ? "usage: leadlight-gallery FILE.png" : painter.error().c_str());
        return 2;
    }
    constexpr std::array scales{120u, 150u, 180u, 240u};
    constexpr int width = 1600;
    constexpr int pair = 104;  // height of a window on the sheet
    const auto all = samples();
    Gallery gallery{*painter, {Bitmap(width, 1900, Rgb{0x1b, 0x1e, 0x24}.argb())}};
    gallery.sheet.put(paint_bar(*painter, {all[5].who, "", "Mon 23 Nov  20:45"}, width, Scale(120)),
                      0, 0);
    int y = 60;
    for (const Sample& sample : all) {
        gallery.window({24, y, 440, pair - 16}, {sample.who, true}, sample.title, Scale(120));
        gallery.window({488, y, 440, pair - 16}, {sample.who, false}, sample.title, Scale(120));
        gallery.window({952, y, 480, pair - 16},
                       {.identity = sample.who,
                        .focused = true,
                        .maximized = true,
                        .buttons = {true, true},
                        .hovered = FramePart::close},
                       sample.title, Scale(150));
        gallery.popup({1456, y, 120, pair - 16}, sample.who, Scale(120));
        y += pair;
    }
    for (const std::uint32_t value : scales) {
        const Scale scale(value);
        for (const bool focused : {true, false}) {
            const int x = focused ? 24 : 812;
            gallery.window({x, y, 764, scale.px(44)}, {all[focused ? 5 : 0].who, focused},
                           all[focused ? 5 : 0].title, scale);
        }
        y += scale.px(44) + 16;
    }
    for (const auto& who :
         {std::optional(all[0].who), std::optional(all[8].who), std::optional<Identity>()}) {
        gallery.sheet.put(
            paint_bar(*painter, {who, who ? "" : "locked", "20:45"}, width, Scale(150)), 0, y);
        y += 50;
    }
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(gallery.sheet.picture.pixels.data()), CAIRO_FORMAT_RGB24,
        width, y, width * 4);
    const auto status = cairo_surface_write_to_png(surface, argv[1]);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ? 0 : 1;
}
