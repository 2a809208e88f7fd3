// SPDX-License-Identifier: MIT
#include "theming/canvas.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

Box intersect(Box a, Box b) {
    const int x = std::max(a.x, b.x);
    const int y = std::max(a.y, b.y);
    return {x, y, std::max(0, std::min(a.right(), b.right()) - x),
            std::max(0, std::min(a.bottom(), b.bottom()) - y)};
}

// `share` of 255 parts of `ink` over an opaque or premultiplied pixel.
std::uint32_t over(std::uint32_t ground, Rgb ink, std::uint32_t share) {
    const auto channel = [&](int shift, std::uint32_t value) {
        const std::uint32_t below = (ground >> shift) & 0xff;
        return ((value * share + below * (255 - share) + 127) / 255) << shift;
    };
    return channel(24, 255) | channel(16, ink.r) | channel(8, ink.g) | channel(0, ink.b);
}

}  // namespace

Canvas::Canvas(int width, int height, std::uint32_t fill)
    : bitmap_(std::max(1, width), std::max(1, height), fill) {}

void Canvas::fill(Box box, Rgb colour) {
    const Box inside = intersect(box, whole());
    for (int y = inside.y; y < inside.bottom(); ++y) {
        std::fill_n(bitmap_.row(y) + inside.x, inside.width, colour.argb());
    }
}

void Canvas::stamp(TextStripView strip, Point at, Rgb ink, Box clip, int fade) {
    if (!strip.valid()) {
        return;
    }
    clip = intersect(clip, whole());
    const Box inside = intersect({at.x, at.y, strip.width, strip.height}, clip);
    const bool cut = at.x + strip.width > clip.right();
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const std::uint8_t* from =
            strip.a8.data() + static_cast<std::ptrdiff_t>(y - at.y) * strip.width;
        std::uint32_t* to = bitmap_.row(y);
        for (int x = inside.x; x < inside.right(); ++x) {
            std::uint32_t share = from[x - at.x];
            if (const int left = clip.right() - x; cut && left <= fade) {
                share =
                    share * static_cast<std::uint32_t>(left - 1) / static_cast<std::uint32_t>(fade);
            }
            to[x] = over(to[x], ink, share);
        }
    }
}

void Canvas::tie_cairo() {
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(bitmap_.pixels.data()), CAIRO_FORMAT_ARGB32, width(),
        height(), bitmap_.stride());
    context_.reset(cairo_create(surface));
    cairo_surface_destroy(surface);  // the context holds it
}

cairo_t* Canvas::begin(Box clip, Rgb ink) {
    if (!context_) {
        tie_cairo();
    }
    cairo_t* context = context_.get();
    cairo_surface_mark_dirty(cairo_get_target(context));
    cairo_save(context);
    cairo_rectangle(context, clip.x, clip.y, clip.width, clip.height);
    cairo_clip(context);
    cairo_set_source_rgb(context, ink.r / 255.0, ink.g / 255.0, ink.b / 255.0);
    return context;
}

void Canvas::end() {
    cairo_restore(context_.get());
    cairo_surface_flush(cairo_get_target(context_.get()));
}

}  // namespace leadlight::theming
