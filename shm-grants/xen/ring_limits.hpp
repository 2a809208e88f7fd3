// SPDX-License-Identifier: MIT
// How large the rings are, and what they cost in grants.
#pragma once

#include <cstddef>

namespace leadlight::grants::xen {

/// Each way; a guest's that are larger are refused. The references of a 4K buffer are 32 KiB: one
/// message, which then passes at once.
inline constexpr std::size_t ring_bytes = std::size_t{64} * 1024;
inline constexpr std::size_t ring_pages = 1 + 2 * ring_bytes / 4096;

}  // namespace leadlight::grants::xen
