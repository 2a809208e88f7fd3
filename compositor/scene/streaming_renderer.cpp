// SPDX-License-Identifier: MIT
#include "compositor/scene/streaming_renderer.hpp"

#include "shm-grants/bulk_copy.hpp"
#include "wlr-headers/wlroots.hpp"

#include <cmath>
#include <memory>
#include <optional>
#include <span>

namespace leadlight::compositor {

namespace {

constexpr std::size_t pixel_size = 4;  // bytes, of the one format that is copied

// wlroots hands back pointers to the base of each, which is therefore their first member.
struct Renderer {
    wlr_renderer base;
    wlr_renderer* pixman;

    static Renderer* of(wlr_renderer* base) { return reinterpret_cast<Renderer*>(base); }
};

struct Texture {
    wlr_texture base;
    wlr_texture* pixman;
    wlr_buffer* buffer;  // locked by `pixman` as long as that lives

    static Texture* of(wlr_texture* base) { return reinterpret_cast<Texture*>(base); }
};

struct Pass {
    wlr_render_pass base;
    wlr_render_pass* pixman;
    pixman_image_t* target;  // Pixman's pass keeps it accessible until it is submitted

    static Pass* of(wlr_render_pass* base) { return reinterpret_cast<Pass*>(base); }
};

bool whole(double value) {
    return value == std::floor(value);
}

/// The pixels of an access to a buffer, for as long as this lives.
class Reading {
  public:
    explicit Reading(wlr_buffer* buffer)
        : buffer_(wlr_buffer_begin_data_ptr_access(buffer, WLR_BUFFER_DATA_PTR_ACCESS_READ, &data_,
                                                   &format_, &stride_)
                      ? buffer
                      : nullptr) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() {
        if (buffer_) {
            wlr_buffer_end_data_ptr_access(buffer_);
        }
    }

    bool opaque() const { return buffer_ && format_ == DRM_FORMAT_XRGB8888; }
    const std::byte* row(int y) const {
        return static_cast<const std::byte*>(data_) + static_cast<std::size_t>(y) * stride_;
    }

  private:
    void* data_ = nullptr;
    std::uint32_t format_ = 0;
    std::size_t stride_ = 0;  // bytes
    wlr_buffer* buffer_;
};

/// Where of the target a picture goes, in pixels of the target, and what it adds to get to its own.
struct Copy {
    pixman_region32_t region;
    int to_source_x, to_source_y;

    Copy() { pixman_region32_init(&region); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    ~Copy() { pixman_region32_fini(&region); }

    std::span<const pixman_box32_t> boxes() const {
        int count = 0;
        const auto* first = pixman_region32_rectangles(&region, &count);
        return {first, static_cast<std::size_t>(count)};
    }
    std::size_t bytes() const {
        std::size_t pixels = 0;
        for (const auto& box : boxes()) {
            pixels += static_cast<std::size_t>(box.x2 - box.x1) *
                      static_cast<std::size_t>(box.y2 - box.y1);
        }
        return pixels * pixel_size;
    }
};

/// Whether the picture goes to the target pixel by pixel, and if so, which of them.
bool plan(const wlr_render_texture_options& options, pixman_image_t* target, Copy& copy) {
    wlr_fbox source;
    wlr_box place;
    wlr_render_texture_options_get_src_box(&options, &source);
    wlr_render_texture_options_get_dst_box(&options, &place);
    const bool one_to_one = options.transform == WL_OUTPUT_TRANSFORM_NORMAL && whole(source.x) &&
                            whole(source.y) && source.width == place.width &&
                            source.height == place.height;
    const bool within = source.x >= 0 && source.y >= 0 &&
                        source.x + source.width <= options.texture->width &&
                        source.y + source.height <= options.texture->height;
    if (!one_to_one || !within || wlr_render_texture_options_get_alpha(&options) != 1.0F ||
        pixman_image_get_format(target) != PIXMAN_x8r8g8b8) {
        return false;
    }
    pixman_region32_union_rect(&copy.region, &copy.region, place.x, place.y,
                               static_cast<unsigned>(place.width),
                               static_cast<unsigned>(place.height));
    pixman_region32_intersect_rect(&copy.region, &copy.region, 0, 0,
                                   static_cast<unsigned>(pixman_image_get_width(target)),
                                   static_cast<unsigned>(pixman_image_get_height(target)));
    if (options.clip) {
        pixman_region32_intersect(&copy.region, &copy.region, options.clip);
    }
    copy.to_source_x = static_cast<int>(source.x) - place.x;
    copy.to_source_y = static_cast<int>(source.y) - place.y;
    return copy.bytes() >= grants::bulk_size;
}

void stream(const Reading& source, const Copy& copy, pixman_image_t* target) {
    auto* data = reinterpret_cast<std::byte*>(pixman_image_get_data(target));
    const auto stride = static_cast<std::size_t>(pixman_image_get_stride(target));
    for (const auto& box : copy.boxes()) {
        const auto size = static_cast<std::size_t>(box.x2 - box.x1) * pixel_size;
        for (int y = box.y1; y < box.y2; ++y) {
            grants::bulk_copy(data + static_cast<std::size_t>(y) * stride +
                                  static_cast<std::size_t>(box.x1) * pixel_size,
                              source.row(y + copy.to_source_y) +
                                  static_cast<std::size_t>(box.x1 + copy.to_source_x) * pixel_size,
                              size);
        }
    }
    grants::bulk_copies_done();
}

const wlr_render_pass_impl pass_implementation = {
    .submit =
        [](wlr_render_pass* base) {
            const std::unique_ptr<Pass> pass(Pass::of(base));
            return wlr_render_pass_submit(pass->pixman);
        },
    .add_texture =
        [](wlr_render_pass* base, const wlr_render_texture_options* options) {
            const Pass& pass = *Pass::of(base);
            const Texture& texture = *Texture::of(options->texture);
            Copy copy;
            if (plan(*options, pass.target, copy)) {
                const Reading source(texture.buffer);
                if (source.opaque()) {
                    stream(source, copy, pass.target);
                    return;
                }
            }
            wlr_render_texture_options its = *options;
            its.texture = texture.pixman;
            // One pixel is one colour, however large: interpolated it would fade to its edges.
            if (options->texture->width == 1 && options->texture->height == 1) {
                its.filter_mode = WLR_SCALE_FILTER_NEAREST;
            }
            wlr_render_pass_add_texture(pass.pixman, &its);
        },
    .add_rect =
        [](wlr_render_pass* base, const wlr_render_rect_options* options) {
            wlr_render_pass_add_rect(Pass::of(base)->pixman, options);
        },
};

const wlr_texture_impl texture_implementation = {
    .update_from_buffer = nullptr,  // nor does Pixman's: a texture reads its buffer each time
    .read_pixels =
        [](wlr_texture* base, const wlr_texture_read_pixels_options* options) {
            return wlr_texture_read_pixels(Texture::of(base)->pixman, options);
        },
    .preferred_read_format =
        [](wlr_texture* base) {
            return wlr_texture_preferred_read_format(Texture::of(base)->pixman);
        },
    .destroy =
        [](wlr_texture* base) {
            const std::unique_ptr<Texture> texture(Texture::of(base));
            wlr_texture_destroy(texture->pixman);
        },
};

const wlr_renderer_impl renderer_implementation = {
    .get_texture_formats =
        [](wlr_renderer* base, std::uint32_t buffer_caps) {
            return wlr_renderer_get_texture_formats(Renderer::of(base)->pixman, buffer_caps);
        },
    .get_render_formats =
        [](wlr_renderer* base) {
            wlr_renderer* pixman = Renderer::of(base)->pixman;
            return pixman->impl->get_render_formats(pixman);
        },
    .destroy =
        [](wlr_renderer* base) {
            const std::unique_ptr<Renderer> renderer(Renderer::of(base));
            wlr_renderer_destroy(renderer->pixman);
        },
    .get_drm_fd = [](wlr_renderer* base) -> int {
        return wlr_renderer_get_drm_fd(Renderer::of(base)->pixman);
    },
    .texture_from_buffer = [](wlr_renderer* base, wlr_buffer* buffer) -> wlr_texture* {
        wlr_texture* pixman = wlr_texture_from_buffer(Renderer::of(base)->pixman, buffer);
        if (!pixman) {
            return nullptr;
        }
        auto* texture = new Texture{.base = {}, .pixman = pixman, .buffer = buffer};
        wlr_texture_init(&texture->base, base, &texture_implementation, pixman->width,
                         pixman->height);
        return &texture->base;
    },
    .begin_buffer_pass = [](wlr_renderer* base, wlr_buffer* buffer,
                            const wlr_buffer_pass_options* options) -> wlr_render_pass* {
        wlr_renderer* renderer = Renderer::of(base)->pixman;
        wlr_render_pass* pixman = wlr_renderer_begin_buffer_pass(renderer, buffer, options);
        if (!pixman) {
            return nullptr;
        }
        auto* pass = new Pass{.base = {},
                              .pixman = pixman,
                              .target = wlr_pixman_renderer_get_buffer_image(renderer, buffer)};
        wlr_render_pass_init(&pass->base, &pass_implementation);
        return &pass->base;
    },
    .render_timer_create = nullptr,
};

}  // namespace

wlr_renderer* create_streaming_renderer() {
    wlr_renderer* pixman = wlr_pixman_renderer_create();
    if (!pixman) {
        return nullptr;
    }
    auto* renderer = new Renderer{.base = {}, .pixman = pixman};
    wlr_renderer_init(&renderer->base, &renderer_implementation, pixman->render_buffer_caps);
    renderer->base.features = pixman->features;
    return &renderer->base;
}

}  // namespace leadlight::compositor
