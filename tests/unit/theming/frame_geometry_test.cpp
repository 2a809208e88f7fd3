// SPDX-License-Identifier: MIT
#include "theming/frame_geometry.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>

using namespace leadlight::theming;

namespace {

constexpr Buttons all_buttons{.minimize = true, .maximize = true};

int area(Box box) {
    return box.width * box.height;
}

}  // namespace

TEST_CASE("lengths are whole pixels at the scales that people use, without rounding") {
    for (const int length :
         {logical::border, logical::title, logical::popup_top, logical::button, logical::bar}) {
        for (const int in_120ths : {120, 150, 180, 210, 240, 360}) {
            CAPTURE(length, in_120ths);
            CHECK(length * in_120ths % 120 == 0);
            CHECK(Scale(static_cast<std::uint32_t>(in_120ths)).px(length) ==
                  length * in_120ths / 120);
        }
    }
}

TEST_CASE("a scale out of range is clamped and nothing vanishes") {
    CHECK(Scale(0).in_120ths() == 120);
    CHECK(Scale(0xffffffff).in_120ths() == 480);
    CHECK(Scale(120).px(0) == 0);
}

TEST_CASE("the frame goes around the content and back") {
    const auto scale = Scale(GENERATE(120u, 150u, 180u, 200u, 240u));
    const auto kind = GENERATE(FrameKind::window, FrameKind::popup);
    for (const Box content : {Box{0, 0, 1, 1}, Box{-50, 7, 640, 480}, Box{100, 100, 3840, 2160}}) {
        const FrameGeometry frame(content, scale, kind, all_buttons);
        const auto back = FrameGeometry::around(frame.outer(), scale, kind, all_buttons);
        CHECK(back.content() == content);
        CHECK(back.outer() == frame.outer());
        int covered = area(content);
        for (const Box edge : frame.edges()) {
            CHECK_FALSE(edge.empty());
            covered += area(edge);
        }
        CHECK(covered == area(frame.outer()));
    }
}

TEST_CASE("too small an outer box still gives a content") {
    const auto frame = FrameGeometry::around({10, 10, 3, 3}, Scale(120));
    CHECK(frame.content() == Box{14, 38, 1, 1});
}

TEST_CASE("each pixel of a frame belongs to one part, and only content is the guest's") {
    const auto scale = Scale(GENERATE(120u, 150u, 180u, 240u));
    const auto kind = GENERATE(FrameKind::window, FrameKind::popup);
    const int width = GENERATE(1, 16, 40, 130, 400);
    const FrameGeometry frame({31, 57, width, width / 2 + 1}, scale, kind, all_buttons);
    const Box outer = frame.outer();
    std::map<FramePart, int> pixels;
    for (int y = outer.y - 2; y < outer.bottom() + 2; ++y) {
        for (int x = outer.x - 2; x < outer.right() + 2; ++x) {
            const FramePart part = frame.hit({x, y});
            ++pixels[part];
            REQUIRE((part == FramePart::content) == frame.content().contains({x, y}));
            REQUIRE((part == FramePart::outside) == !outer.contains({x, y}));
            int edges = 0;
            for (const Box edge : frame.edges()) {
                edges += edge.contains({x, y}) ? 1 : 0;
            }
            REQUIRE(edges == (part == FramePart::content || part == FramePart::outside ? 0 : 1));
        }
    }
    if (kind == FrameKind::window) {
        CHECK(pixels[FramePart::title] > 0);
        for (const FramePart corner : {FramePart::top_left, FramePart::top_right,
                                       FramePart::bottom_left, FramePart::bottom_right}) {
            CHECK(pixels[corner] > 0);
        }
    } else {
        CHECK(pixels[FramePart::title] == area(outer) - area(frame.content()));
    }
}

TEST_CASE("edges and corners resize what they touch") {
    const FrameGeometry frame({4, 28, 392, 268}, Scale(120));  // outer 400 x 300 at the origin
    CHECK(frame.outer() == Box{0, 0, 400, 300});
    CHECK(frame.hit({0, 0}) == FramePart::top_left);
    CHECK(frame.hit({399, 0}) == FramePart::top_right);
    CHECK(frame.hit({0, 299}) == FramePart::bottom_left);
    CHECK(frame.hit({399, 299}) == FramePart::bottom_right);
    CHECK(frame.hit({200, 0}) == FramePart::top);
    CHECK(frame.hit({200, 299}) == FramePart::bottom);
    CHECK(frame.hit({0, 150}) == FramePart::left);
    CHECK(frame.hit({399, 150}) == FramePart::right);
    CHECK(frame.hit({100, 14}) == FramePart::title);
    CHECK(frame.hit({200, 150}) == FramePart::content);
    CHECK(frame.hit({400, 150}) == FramePart::outside);
}

TEST_CASE("buttons lie in the title bar, apart from each other, and answer to the pointer") {
    const FrameGeometry frame({0, 0, 500, 300}, Scale(150), FrameKind::window, all_buttons);
    const Box title = frame.title();
    int edge = title.right();
    for (const auto& [box, part] : {std::pair{frame.close(), FramePart::close},
                                    std::pair{frame.maximize(), FramePart::maximize},
                                    std::pair{frame.minimize(), FramePart::minimize}}) {
        CHECK_FALSE(box.empty());
        CHECK(box.right() <= edge);
        CHECK(box.y == title.y);
        CHECK(box.bottom() == title.bottom());
        CHECK(frame.hit({box.x + box.width / 2, box.y + box.height / 2}) == part);
        CHECK(frame.hit({box.x, box.y}) == part);
        edge = box.x;
    }
}

TEST_CASE("in a narrow frame the name keeps its room and buttons give way, close last") {
    const auto shown = [](int width) {
        const auto frame =
            FrameGeometry::around({0, 0, width, 200}, Scale(120), FrameKind::window, all_buttons);
        for (const Box button : {frame.close(), frame.maximize(), frame.minimize()}) {
            CHECK((button.empty() || button.x >= logical::least_name));
        }
        return int(!frame.close().empty()) + int(!frame.maximize().empty()) +
               int(!frame.minimize().empty());
    };
    CHECK(shown(100) == 0);
    CHECK(shown(130) == 1);
    CHECK(shown(160) == 2);
    CHECK(shown(190) == 3);
}
