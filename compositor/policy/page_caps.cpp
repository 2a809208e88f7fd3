// SPDX-License-Identifier: MIT
#include "compositor/policy/page_caps.hpp"

#include <algorithm>

namespace leadlight::policy {

std::uint64_t mappable_pages(const XenLimits& limits) {
    constexpr std::uint64_t entries_per_frame = 4096 / 16;  // struct grant_mapping in a page
    const std::uint64_t entries = limits.maptrack_frames * entries_per_frame;
    return entries / 2 / std::max<std::uint8_t>(1, limits.entries_per_page);
}

Time unmapped_within(const XenLimits& limits) {
    const auto refreshes =
        static_cast<std::int64_t>(mappable_pages(limits) / pages_per_refresh + 1);
    return refreshes * page_refresh + std::chrono::seconds{1};
}

LoweredCaps capped_by(const Budgets& wished, const XenLimits& limits) {
    const auto mappable = mappable_pages(limits);
    if (wished.pages_in_all <= mappable && wished.pages_per_domain <= mappable) {
        return {.budgets = wished};
    }
    LoweredCaps out{.budgets = wished, .lowered = true};
    out.budgets.pages_in_all = std::min(wished.pages_in_all, mappable);
    // A domain keeps its share of the whole: the first to come must not leave nothing to the next.
    const auto share = wished.pages_in_all / std::max<std::uint64_t>(1, wished.pages_per_domain);
    out.budgets.pages_per_domain = std::min(
        wished.pages_per_domain, out.budgets.pages_in_all / std::max<std::uint64_t>(1, share));
    return out;
}

}  // namespace leadlight::policy
