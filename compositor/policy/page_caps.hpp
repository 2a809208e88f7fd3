// SPDX-License-Identifier: MIT
// How many granted pages the compositor may map, by what Xen gives the admin domain. Every mapped
// page costs entries of dom0's maptrack, and when those run out every guest's disk and network
// breaks: so all caps together stay below half of it, and are lowered at start where the
// administrator's numbers are more than that.
#pragma once

#include "compositor/policy/budgets.hpp"
#include "compositor/policy/types.hpp"

#include <cstdint>

namespace leadlight::policy {

struct XenLimits {
    std::uint32_t maptrack_frames = 1024;  // gnttab_max_maptrack_frames
    std::uint8_t entries_per_page = 1;     // 2 in a PV dom0, which maps for kernel and process
};

/// Pages that may be mapped in all.
std::uint64_t mappable_pages(const XenLimits& limits);

/// Pages are mapped and unmapped in slices, so that no pool, however large, makes the desktop miss
/// a frame.
inline constexpr std::size_t pages_per_refresh = 512;
inline constexpr Time page_refresh = std::chrono::milliseconds{16};
/// How long all of them take to be unmapped, and a second for who does it to be scheduled.
Time unmapped_within(const XenLimits& limits);

struct LoweredCaps {
    Budgets budgets;
    bool lowered = false;  // worth a warning: the host is set up for less than was configured
};
LoweredCaps capped_by(const Budgets& wished, const XenLimits& limits);

}  // namespace leadlight::policy
