// SPDX-License-Identifier: MIT
//
// What the streaming renderer draws is what Pixman's draws: each picture is drawn by both and
// compared.
#include "compositor/scene/streaming_renderer.hpp"

#include "tests/unit/policy/random.hpp"
#include "wlr-headers/wlroots.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <vector>

using leadlight::compositor::create_streaming_renderer;
using leadlight::policy::test::for_seeds;
using leadlight::policy::test::Random;

namespace {

/// A buffer in this process' memory.
struct Image {
    wlr_buffer base{};  // first: wlroots gives back a pointer to it
    std::uint32_t format;
    bool gone = false;  // as a guest's pages go
    std::vector<std::uint32_t> pixels;

    Image(int width, int height, std::uint32_t drm_format)
        : format(drm_format), pixels(static_cast<std::size_t>(width * height), 0x00203040) {
        wlr_buffer_init(&base, &implementation, width, height);
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    ~Image() { wlr_buffer_drop(&base); }

    void fill(Random& random) {
        for (auto& pixel : pixels) {
            pixel = static_cast<std::uint32_t>(random.below(0x100000000));
        }
    }

    static bool begin(wlr_buffer* buffer, std::uint32_t, void** data, std::uint32_t* format,
                      std::size_t* stride) {
        auto* image = reinterpret_cast<Image*>(buffer);
        *data = image->pixels.data();
        *format = image->format;
        *stride = static_cast<std::size_t>(image->base.width) * 4;
        return !image->gone;
    }
    static constexpr wlr_buffer_impl implementation = {
        .destroy = [](wlr_buffer*) {},
        .get_dmabuf = nullptr,
        .get_shm = nullptr,
        .begin_data_ptr_access = begin,
        .end_data_ptr_access = [](wlr_buffer*) {},
    };
};

/// Draws one texture on a target of its own.
struct Side {
    std::unique_ptr<wlr_renderer, void (*)(wlr_renderer*)> renderer;
    Image target{1500, 1100, DRM_FORMAT_XRGB8888};

    explicit Side(wlr_renderer* made) : renderer(made, wlr_renderer_destroy) {}

    void draw(Image& source, wlr_render_texture_options options, bool pages_go = false) {
        wlr_texture* texture = wlr_texture_from_buffer(renderer.get(), &source.base);
        REQUIRE(texture);
        wlr_render_pass* pass =
            wlr_renderer_begin_buffer_pass(renderer.get(), &target.base, nullptr);
        REQUIRE(pass);
        options.texture = texture;
        source.gone = pages_go;
        wlr_render_pass_add_texture(pass, &options);
        source.gone = false;
        REQUIRE(wlr_render_pass_submit(pass));
        wlr_texture_destroy(texture);
    }
};

struct Both {
    Side streaming{create_streaming_renderer()};
    Side pixman{wlr_pixman_renderer_create()};

    void draw(Image& source, const wlr_render_texture_options& options) {
        streaming.draw(source, options);
        pixman.draw(source, options);
    }
    bool same() const { return streaming.target.pixels == pixman.target.pixels; }
};

bool drawn(const Image& target) {
    return std::ranges::any_of(target.pixels, [](auto pixel) { return pixel != 0x00203040; });
}

}  // namespace

TEST_CASE("a large picture is copied where Pixman copies it, in any place and through any clip") {
    Both both;
    Image source(1300, 1000, DRM_FORMAT_XRGB8888);
    Random fill(1);
    source.fill(fill);
    for_seeds(24, [&](Random& random) {
        // Partly off the target as well: a window may hang over the edge of its output.
        const int width = static_cast<int>(random.between(1280, 1300));
        const int height = static_cast<int>(random.between(900, 1000));
        pixman_region32_t clip;
        pixman_region32_init_rect(&clip, 0, 0, 1500, 1100);
        pixman_region32_t hole;
        pixman_region32_init_rect(&hole, static_cast<int>(random.below(1400)),
                                  static_cast<int>(random.below(1000)), 60, 40);
        pixman_region32_subtract(&clip, &clip, &hole);
        both.draw(source,
                  {
                      .src_box = {static_cast<double>(random.between(0, 1300 - width)),
                                  static_cast<double>(random.between(0, 1000 - height)),
                                  static_cast<double>(width), static_cast<double>(height)},
                      .dst_box = {static_cast<int>(random.between(-30, 230)),
                                  static_cast<int>(random.between(-30, 130)), width, height},
                      .clip = random.once_in(4) ? nullptr : &clip,
                  });
        pixman_region32_fini(&hole);
        pixman_region32_fini(&clip);
        REQUIRE(both.same());
    });
    CHECK(drawn(both.streaming.target));
}

TEST_CASE("what is not copied pixel by pixel is drawn by Pixman") {
    Both both;
    Random random(2);
    const float half = 0.5F;
    Image opaque(1300, 1000, DRM_FORMAT_XRGB8888), clear(1300, 1000, DRM_FORMAT_ARGB8888);
    opaque.fill(random);
    clear.fill(random);
    both.draw(clear, {.dst_box = {5, 6, 0, 0}});
    REQUIRE(both.same());
    both.draw(opaque, {.dst_box = {0, 0, 1400, 1080}});  // scaled
    REQUIRE(both.same());
    both.draw(opaque, {.src_box = {0.5, 0, 1299, 1000}, .dst_box = {0, 0, 1299, 1000}});
    REQUIRE(both.same());
    both.draw(opaque, {.dst_box = {9, 9, 1300, 1000}, .alpha = &half});
    REQUIRE(both.same());
    both.draw(opaque, {.dst_box = {9, 9, 1300, 1000}, .transform = WL_OUTPUT_TRANSFORM_180});
    REQUIRE(both.same());
}

TEST_CASE("one pixel, however large it is drawn, is one colour") {
    Image source(1, 1, DRM_FORMAT_ARGB8888);
    source.pixels = {0xffff00ff};
    Side ours(create_streaming_renderer());
    ours.draw(source, {.dst_box = {10, 20, 300, 200}});
    for (int y = 20; y < 220; ++y) {
        for (int x = 10; x < 310; ++x) {
            REQUIRE((ours.target.pixels[static_cast<std::size_t>(y * 1500 + x)] & 0xffffff) ==
                    0xff00ff);
        }
    }
}

TEST_CASE("a picture whose pages went is not drawn") {
    Side side{create_streaming_renderer()};
    Image source(1300, 1000, DRM_FORMAT_XRGB8888);
    Random random(3);
    source.fill(random);
    side.draw(source, {}, true);
    CHECK_FALSE(drawn(side.target));
    side.draw(source, {});
    CHECK(drawn(side.target));
}
