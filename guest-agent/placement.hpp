// SPDX-License-Identifier: MIT
// Where the surfaces of one window lie in its content, and what changed from one commit to the
// next. Comparing whole arrangements finds every move, restack, resize and crop in one place.
#pragma once

#include "guest-agent/region.hpp"

#include <span>
#include <vector>

namespace leadlight::agent {

/// As wl_output_transform: how the program turned its buffer.
enum class Turn : int { none, by_90, by_180, by_270, flip, flip_90, flip_180, flip_270 };

struct Placement {
    const void* surface = nullptr;
    SourceBox source;
    Turn turn = Turn::none;
    /// In physical pixels of the content; may reach over its edges.
    Box place;

    /// Each pixel of the place is exactly one of the buffer.
    bool one_to_one() const;
    bool operator==(const Placement&) const = default;
};

/// The pixels that differ because surfaces came, went, moved or changed their order.
Region rearranged(std::span<const Placement> before, std::span<const Placement> after);

/// Damage in buffer pixels to content pixels, never too small.
Region to_content(const Region& buffer_damage, const Placement& placement);

/// At most `count` boxes that cover the region; joins those whose union wastes least.
std::vector<Box> at_most(const Region& region, std::size_t count);

}  // namespace leadlight::agent
