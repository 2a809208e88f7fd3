// SPDX-License-Identifier: MIT
#include "compositor/policy/reorder.hpp"

#include <algorithm>
#include <optional>

namespace leadlight::policy {

// Those of a longest increasing subsequence, by the heads of what patience sorting piles up.
std::vector<bool> staying(std::span<const std::size_t> places) {
    std::vector<std::size_t> heads;  // the best end of each length, as an index of `places`
    std::vector<std::optional<std::size_t>> before(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto pile = std::ranges::lower_bound(heads, places[i], {},
                                                   [&](std::size_t head) { return places[head]; });
        if (pile != heads.begin()) {
            before[i] = *std::prev(pile);
        }
        if (pile == heads.end()) {
            heads.push_back(i);
        } else {
            *pile = i;
        }
    }
    std::vector<bool> stays(places.size());
    for (auto at = heads.empty() ? std::nullopt : std::optional(heads.back()); at;
         at = before[*at]) {
        stays[*at] = true;
    }
    return stays;
}

}  // namespace leadlight::policy
