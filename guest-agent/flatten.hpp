// SPDX-License-Identifier: MIT
// A window's surfaces painted into one granted buffer, only where it is stale. Everything ends
// opaque, over one colour: the admin domain shows no guest's pixels through another's.
#pragma once

#include "guest-agent/placement.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace leadlight::agent {

/// ARGB8888 (premultiplied) or XRGB8888, as wl_shm has them.
struct Pixels {
    const std::byte* data = nullptr;
    std::size_t stride = 0;
    int width = 0, height = 0;
    bool has_alpha = false;
};

struct Piece {
    Placement placement;
    Pixels pixels;
    /// The program says, or the format, that nothing shows through.
    bool opaque = false;
};

struct Target {
    std::byte* data = nullptr;
    std::size_t stride = 0;
    int width = 0, height = 0;
};

/// XRGB8888. A window that lets something through is as one before a dark room; of what lies behind
/// a menu less is known, and grey is as far from a light theme as from a dark one.
inline constexpr std::uint32_t black = 0, grey = 0x808080;

/// Paints the pieces, lowest first, where `region` says, and `bare` where they let it through.
/// Gives the bytes written.
std::uint64_t flatten(const Target& target, std::span<const Piece> pieces, const Region& region,
                      std::uint32_t bare = black);

/// The piece at its size, cut to these, in premultiplied ARGB8888 without padding.
std::vector<std::byte> alone(const Piece& piece, int width, int height);

}  // namespace leadlight::agent
