// SPDX-License-Identifier: MIT
#include "guest-agent/flatten.hpp"

#include "shm-grants/bulk_copy.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <vector>

namespace leadlight::agent {
namespace {

struct Image {
    int width, height;
    std::vector<std::uint32_t> pixels;

    Image(int w, int h, std::uint32_t colour)
        : width(w), height(h), pixels(static_cast<std::size_t>(w * h), colour) {}
    std::uint32_t& at(int x, int y) { return pixels.at(static_cast<std::size_t>(y * width + x)); }
    Pixels view(bool has_alpha) const {
        return {reinterpret_cast<const std::byte*>(pixels.data()),
                static_cast<std::size_t>(width) * 4, width, height, has_alpha};
    }
    Target target() {
        return {reinterpret_cast<std::byte*>(pixels.data()), static_cast<std::size_t>(width) * 4,
                width, height};
    }
};

constexpr std::uint32_t untouched = 0x00123456;

Piece piece(const Image& image, Box place, bool has_alpha, bool opaque) {
    return {{&image, {0, 0, double(image.width), double(image.height)}, Turn::none, place},
            image.view(has_alpha),
            opaque};
}

std::uint32_t colour(std::uint32_t pixel) {
    return pixel & 0xffffff;
}

}  // namespace

TEST_CASE("only what is stale is written, and counted") {
    const Image source(10, 10, 0xff00ff00);
    Image target(10, 10, untouched);
    const std::array pieces{piece(source, {0, 0, 10, 10}, false, true)};
    Region stale(Box{2, 3, 4, 5});
    stale.add(Box{8, 8, 100, 100});  // reaches out of the buffer
    CHECK(flatten(target.target(), pieces, stale) == (4 * 5 + 2 * 2) * 4);
    for (int y = 0; y < 10; ++y) {
        for (int x = 0; x < 10; ++x) {
            const bool inside = (x >= 2 && x < 6 && y >= 3 && y < 8) || (x >= 8 && y >= 8);
            CHECK(colour(target.at(x, y)) == (inside ? 0x00ff00u : untouched));
        }
    }
}

TEST_CASE(
    "what nothing covers gets the colour that the caller names, also under a translucent piece") {
    const Image glass(4, 4, 0x80000000);
    Image target(8, 4, untouched);
    const std::array pieces{piece(glass, {0, 0, 4, 4}, true, false)};
    flatten(target.target(), pieces, Region(Box{0, 0, 8, 4}), 0xc0c0c0);
    CHECK(colour(target.at(5, 1)) == 0xc0c0c0);
    CHECK((colour(target.at(1, 1)) == 0x5f5f5f || colour(target.at(1, 1)) == 0x606060));
}

TEST_CASE("a copy past the cache is the same copy, wherever it begins and ends") {
    constexpr int width = 1201, height = 1000;
    Image source(width, height, 0);
    for (std::size_t i = 0; i < source.pixels.size(); ++i) {
        source.pixels[i] = static_cast<std::uint32_t>(i * 2654435761u);
    }
    const int left = GENERATE(0, 1, 2, 3, 7), right = GENERATE(0, 1, 5);
    Image target(width, height, untouched);
    const std::array pieces{piece(source, {0, 0, width, height}, false, true)};
    const Box stale{left, 3, width - left - right, height - 5};
    REQUIRE(Region(stale).pixels() * 4 >= grants::bulk_size);
    flatten(target.target(), pieces, Region(stale));
    std::size_t wrong = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool inside = x >= left && x < width - right && y >= 3 && y < height - 2;
            wrong += target.at(x, y) != (inside ? source.at(x, y) : untouched);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a shadow is cropped by where the surface lies") {
    Image source(14, 14, 0x40000000);
    for (int y = 2; y < 12; ++y) {
        for (int x = 2; x < 12; ++x) {
            source.at(x, y) = 0xff0000ff;
        }
    }
    Image target(10, 10, untouched);
    const std::array pieces{piece(source, {-2, -2, 14, 14}, true, false)};
    flatten(target.target(), pieces, Region(Box{0, 0, 10, 10}));
    for (const auto pixel : target.pixels) {
        CHECK(colour(pixel) == 0x0000ff);
    }
}

TEST_CASE("a translucent surface is blended over what lies below, and over black") {
    const Image below(4, 8, 0xffffffff), above(8, 8, 0x80800000);
    Image target(8, 8, untouched);
    const std::array pieces{piece(below, {0, 0, 4, 8}, false, true),
                            piece(above, {0, 0, 8, 8}, true, false)};
    flatten(target.target(), pieces, Region(Box{0, 0, 8, 8}));
    CHECK(colour(target.at(0, 0)) == 0xff7f7f);
    CHECK(colour(target.at(7, 7)) == 0x800000);
}

TEST_CASE("where no surface is there is black, never what was there before") {
    const Image source(2, 2, 0xffffffff);
    Image target(6, 6, untouched);
    const std::array pieces{piece(source, {2, 2, 2, 2}, false, true)};
    flatten(target.target(), pieces, Region(Box{0, 0, 6, 6}));
    CHECK(colour(target.at(0, 0)) == 0);
    CHECK(colour(target.at(2, 2)) == 0xffffff);
    CHECK(colour(target.at(5, 5)) == 0);
}

TEST_CASE("a buffer is turned back as the program turned it") {
    // What the person shall see, in 3 x 2:   1 2 3
    //                                        4 5 6
    // and how a program stores it for each turn (wl_surface.set_buffer_transform).
    struct Case {
        Turn turn;
        int width;
        std::array<std::uint32_t, 6> stored;
    };
    const auto [turn, width, stored] = GENERATE(
        Case{Turn::none, 3, {1, 2, 3, 4, 5, 6}}, Case{Turn::by_90, 2, {3, 6, 2, 5, 1, 4}},
        Case{Turn::by_180, 3, {6, 5, 4, 3, 2, 1}}, Case{Turn::by_270, 2, {4, 1, 5, 2, 6, 3}},
        Case{Turn::flip, 3, {3, 2, 1, 6, 5, 4}}, Case{Turn::flip_180, 3, {4, 5, 6, 1, 2, 3}});
    CAPTURE(static_cast<int>(turn));
    Image source(width, 6 / width, 0);
    for (std::size_t i = 0; i < 6; ++i) {
        source.pixels[i] = 0xff000000 | stored[i] * 0x101010;
    }
    Image target(3, 2, untouched);
    Piece turned = piece(source, {0, 0, 3, 2}, false, true);
    turned.placement.turn = turn;
    flatten(target.target(), std::array{turned}, Region(Box{0, 0, 3, 2}));
    for (std::uint32_t i = 0; i < 6; ++i) {
        CHECK(colour(target.pixels[i]) == (i + 1) * 0x101010);
    }
}

TEST_CASE("a viewport scales its source box to its place") {
    Image source(4, 4, 0xffff0000);
    for (int y = 0; y < 4; ++y) {
        for (int x = 2; x < 4; ++x) {
            source.at(x, y) = 0xff0000ff;
        }
    }
    Image target(8, 8, untouched);
    Piece scaled = piece(source, {0, 0, 8, 8}, false, true);
    scaled.placement.source = {2, 0, 2, 2};
    flatten(target.target(), std::array{scaled}, Region(Box{0, 0, 8, 8}));
    // Filtering at the edge may read one column further; the middle may not.
    CHECK(colour(target.at(4, 4)) == 0x0000ff);
    CHECK(colour(target.at(7, 7)) == 0x0000ff);
}

TEST_CASE("a source box that lies outside of the buffer reads no byte beyond it") {
    const Image source(4, 4, 0xffff0000);
    Image target(8, 8, untouched);
    Piece wrong = piece(source, {0, 0, 8, 8}, false, true);
    wrong.placement.source = {0, 0, 8, 8};
    flatten(target.target(), std::array{wrong}, Region(Box{0, 0, 8, 8}));
    CHECK(colour(target.at(0, 0)) == 0xff0000);  // ASan watches the rest
}

}  // namespace leadlight::agent
