// SPDX-License-Identifier: MIT
#include "guest-agent/placement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leadlight::agent {
namespace {

Box bounds(const Box& a, const Box& b) {
    const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
            std::max(a.y + a.height, b.y + b.height) - y};
}

std::int64_t area(const Box& box) {
    return static_cast<std::int64_t>(box.width) * box.height;
}

}  // namespace

bool Placement::one_to_one() const {
    return turn == Turn::none && source.x == std::floor(source.x) &&
           source.y == std::floor(source.y) && source.width == place.width &&
           source.height == place.height;
}

Region rearranged(std::span<const Placement> before, std::span<const Placement> after) {
    Region changed;
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        if (i < before.size() && i < after.size() && before[i] == after[i]) {
            continue;
        }
        if (i < before.size()) {
            changed.add(before[i].place);
        }
        if (i < after.size()) {
            changed.add(after[i].place);
        }
    }
    return changed;
}

Region to_content(const Region& buffer_damage, const Placement& placement) {
    if (buffer_damage.empty()) {
        return {};
    }
    const Box& place = placement.place;
    // Turned buffers are rare; the whole surface is always right.
    if (placement.turn != Turn::none) {
        return Region(place);
    }

    Region result;
    if (placement.one_to_one()) {
        result = buffer_damage;
        result.translate(place.x - static_cast<int>(placement.source.x),
                         place.y - static_cast<int>(placement.source.y));
    } else {
        const SourceBox& source = placement.source;
        const double sx = place.width / source.width, sy = place.height / source.height;
        for (const auto& box : buffer_damage.boxes()) {
            // One pixel more on each side: bilinear filtering reads a neighbour.
            const int x1 = static_cast<int>(std::floor((box.x1 - 1 - source.x) * sx)),
                      y1 = static_cast<int>(std::floor((box.y1 - 1 - source.y) * sy)),
                      x2 = static_cast<int>(std::ceil((box.x2 + 1 - source.x) * sx)),
                      y2 = static_cast<int>(std::ceil((box.y2 + 1 - source.y) * sy));
            result.add(Box{place.x + x1, place.y + y1, x2 - x1, y2 - y1});
        }
    }
    result.intersect(place);
    return result;
}

std::vector<Box> at_most(const Region& region, std::size_t count) {
    const auto boxes = region.boxes();
    // Joining looks at all pairs of neighbours each time.
    constexpr std::size_t worth_joining = 256;
    if (boxes.size() > worth_joining || count == 1) {
        return {region.extents()};
    }

    std::vector<Box> result;
    for (const auto& box : boxes) {
        result.push_back({box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1});
    }
    while (result.size() > count) {
        // pixman keeps them sorted by y, so neighbours in the list are near each other.
        std::size_t best = 0;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i + 1 < result.size(); ++i) {
            const std::int64_t waste =
                area(bounds(result[i], result[i + 1])) - area(result[i]) - area(result[i + 1]);
            if (waste < least) {
                least = waste;
                best = i;
            }
        }
        result[best] = bounds(result[best], result[best + 1]);
        result.erase(result.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    }
    return result;
}

}  // namespace leadlight::agent
