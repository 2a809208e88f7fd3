// SPDX-License-Identifier: MIT
#include "guest-agent/flatten.hpp"

#include "shm-grants/bulk_copy.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <ranges>

namespace leadlight::agent {
namespace {

constexpr std::size_t pixel_size = 4;

struct Unref {
    void operator()(pixman_image_t* image) const { pixman_image_unref(image); }
};
using Image = std::unique_ptr<pixman_image_t, Unref>;

Image image_of(pixman_format_code_t format, const void* data, std::size_t stride, int width,
               int height) {
    // pixman writes to none but the destination.
    auto* bits = static_cast<std::uint32_t*>(const_cast<void*>(data));
    return Image(
        pixman_image_create_bits_no_clear(format, width, height, bits, static_cast<int>(stride)));
}

bool within_buffer(const Piece& piece) {
    const SourceBox& source = piece.placement.source;
    return source.x >= 0 && source.y >= 0 && source.x + source.width <= piece.pixels.width &&
           source.y + source.height <= piece.pixels.height;
}

bool copies(const Piece& piece) {
    return piece.placement.one_to_one() && within_buffer(piece);
}

void copy_rows(const Target& target, const Piece& piece, const Region& region) {
    const int from_x = static_cast<int>(piece.placement.source.x) - piece.placement.place.x;
    const int from_y = static_cast<int>(piece.placement.source.y) - piece.placement.place.y;
    const bool bulk = region.pixels() * pixel_size >= grants::bulk_size;
    for (const auto& box : region.boxes()) {
        const auto row_size = static_cast<std::size_t>(box.x2 - box.x1) * pixel_size;
        for (int y = box.y1; y < box.y2; ++y) {
            std::byte* to = target.data + static_cast<std::size_t>(y) * target.stride +
                            static_cast<std::size_t>(box.x1) * pixel_size;
            const std::byte* from = piece.pixels.data +
                                    static_cast<std::size_t>(y + from_y) * piece.pixels.stride +
                                    static_cast<std::size_t>(box.x1 + from_x) * pixel_size;
            if (bulk) {
                grants::bulk_copy(to, from, row_size);
            } else {
                std::memcpy(to, from, row_size);
            }
        }
    }
    if (bulk) {
        grants::bulk_copies_done();
    }
}

/// From a pixel of the piece's place to one of its buffer.
pixman_transform_t sampling(const Placement& placement) {
    const auto& [left, top, width, height] = placement.source;
    const double sx = 1.0 / placement.place.width, sy = 1.0 / placement.place.height;
    // (u, v) across the place gives (a*u + b*v + c, d*u + e*v + f) across the buffer's box.
    struct {
        double a, b, c, d, e, f;
    } m{};
    switch (placement.turn) {
    case Turn::none:
        m = {1, 0, 0, 0, 1, 0};
        break;
    case Turn::by_90:
        m = {0, 1, 0, -1, 0, 1};
        break;
    case Turn::by_180:
        m = {-1, 0, 1, 0, -1, 1};
        break;
    case Turn::by_270:
        m = {0, -1, 1, 1, 0, 0};
        break;
    case Turn::flip:
        m = {-1, 0, 1, 0, 1, 0};
        break;
    case Turn::flip_90:
        m = {0, 1, 0, 1, 0, 0};
        break;
    case Turn::flip_180:
        m = {1, 0, 0, 0, -1, 1};
        break;
    case Turn::flip_270:
        m = {0, -1, 1, -1, 0, 1};
        break;
    }
    const pixman_f_transform_t exact{{{width * m.a * sx, width * m.b * sy, left + width * m.c},
                                      {height * m.d * sx, height * m.e * sy, top + height * m.f},
                                      {0, 0, 1}}};
    pixman_transform_t transform;
    pixman_transform_from_pixman_f_transform(&transform, &exact);
    return transform;
}

void composite(pixman_image_t* target, const Piece& piece, const Region& region) {
    const Placement& placement = piece.placement;
    const auto source =
        image_of(piece.pixels.has_alpha ? PIXMAN_a8r8g8b8 : PIXMAN_x8r8g8b8, piece.pixels.data,
                 piece.pixels.stride, piece.pixels.width, piece.pixels.height);
    if (!source) {
        return;
    }
    int from_x = 0, from_y = 0;
    if (copies(piece)) {
        from_x = static_cast<int>(placement.source.x);
        from_y = static_cast<int>(placement.source.y);
    } else {
        const auto transform = sampling(placement);
        pixman_image_set_transform(source.get(), &transform);
        pixman_image_set_filter(source.get(), PIXMAN_FILTER_BILINEAR, nullptr, 0);
        // Without it the edge of a scaled buffer would blend with transparent.
        pixman_image_set_repeat(source.get(), PIXMAN_REPEAT_PAD);
    }
    pixman_image_set_clip_region32(target, const_cast<pixman_region32_t*>(region.get()));
    pixman_image_composite32(piece.opaque ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, source.get(), nullptr,
                             target, from_x, from_y, 0, 0, placement.place.x, placement.place.y,
                             placement.place.width, placement.place.height);
    pixman_image_set_clip_region32(target, nullptr);
}

void paint(const Target& target, const Region& region, std::uint32_t colour) {
    for (const auto& box : region.boxes()) {
        for (int y = box.y1; y < box.y2; ++y) {
            std::fill_n(reinterpret_cast<std::uint32_t*>(target.data + static_cast<std::size_t>(y) *
                                                                           target.stride) +
                            box.x1,
                        box.x2 - box.x1, colour);
        }
    }
}

}  // namespace

std::uint64_t flatten(const Target& target, std::span<const Piece> pieces, const Region& where,
                      std::uint32_t bare_colour) {
    Region region = where;
    region.intersect(Box{0, 0, target.width, target.height});
    if (region.empty()) {
        return 0;
    }
    const auto image =
        image_of(PIXMAN_x8r8g8b8, target.data, target.stride, target.width, target.height);
    const Box extents = region.extents();

    // What lies under an opaque piece that covers all is never painted: Firefox's whole page is one
    // such subsurface.
    std::size_t lowest = 0;
    for (std::size_t i = pieces.size(); i-- > 0;) {
        if (pieces[i].opaque && Region(pieces[i].placement.place).covers(extents)) {
            lowest = i;
            break;
        }
    }

    Region painted;
    for (const Piece& piece : pieces | std::views::drop(lowest)) {
        Region part = region;
        part.intersect(piece.placement.place);
        if (part.empty()) {
            continue;
        }
        // The first to paint there needs no blending: premultiplied over black is itself.
        Region overlap = part;
        overlap.intersect(painted);
        if (copies(piece) && (piece.opaque || (overlap.empty() && bare_colour == black))) {
            copy_rows(target, piece, part);
        } else {
            if (!piece.opaque) {
                Region bare = part;
                bare.subtract(painted);
                paint(target, bare, bare_colour);
            }
            if (image) {
                composite(image.get(), piece, part);
            }
        }
        painted.add(part);
    }
    Region bare = region;
    bare.subtract(painted);
    paint(target, bare, bare_colour);
    return region.pixels() * pixel_size;
}

std::vector<std::byte> alone(const Piece& piece, int width, int height) {
    const auto stride = static_cast<std::size_t>(width) * pixel_size;
    std::vector<std::byte> bytes(stride * static_cast<std::size_t>(height));
    if (const auto image = image_of(PIXMAN_a8r8g8b8, bytes.data(), stride, width, height)) {
        composite(image.get(), piece, Region(Box{0, 0, width, height}));
    }
    return bytes;
}

}  // namespace leadlight::agent
