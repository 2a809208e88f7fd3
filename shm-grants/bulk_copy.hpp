// SPDX-License-Identifier: MIT
// Copies of many megabytes, past the caches: into granted pages, and from them to an output. Nobody
// on the writing side reads what was written again, and the source should stay where it is quick to
// reach.
#pragma once

#include <cstddef>

namespace leadlight::grants {

/// Copies of this and more are worth it; of less, the reader finds them in the cache.
inline constexpr std::size_t bulk_size = std::size_t{4} * 1024 * 1024;

/// One row of such a copy. The two do not overlap.
void bulk_copy(std::byte* to, const std::byte* from, std::size_t size);
/// After the last row, and before anybody is told of them.
void bulk_copies_done();

}  // namespace leadlight::grants
