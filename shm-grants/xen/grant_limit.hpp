// SPDX-License-Identifier: MIT
// How many pages an agent may grant: pure, so that it can be tested.
#pragma once

#include "shm-grants/xen/ring_limits.hpp"

#include <algorithm>
#include <cstddef>

namespace leadlight::grants::xen {

/// Of version 1 of the table, which Linux uses. The first eight are the system's own.
inline constexpr std::size_t grants_a_frame = 512;

/// For what else in the guest grants pages: a disk queue holds up to about 1,000, a network queue
/// 512. Were the table to run dry, they would stand still, and gntalloc be of no use until reboot.
inline constexpr std::size_t table_reserve = 4096;

/// gntalloc counts the vchan's pages too; twice, because a former one's stay until it is unmapped.
inline constexpr std::size_t ring_reserve = 2 * ring_pages;

/// gntalloc's own default, for where its parameter cannot be read.
inline constexpr std::size_t default_gntalloc_limit = 1024;

constexpr std::size_t less(std::size_t from, std::size_t reserve) {
    return from > reserve ? from - reserve : 0;
}

constexpr std::size_t grant_limit(std::size_t gntalloc_limit, std::size_t table_frames) {
    return std::min(less(gntalloc_limit, ring_reserve),
                    less(table_frames * grants_a_frame, table_reserve));
}

}  // namespace leadlight::grants::xen
