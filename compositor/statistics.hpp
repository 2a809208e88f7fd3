// SPDX-License-Identifier: MIT
// Counters since the start, for `leadlightctl stats` and for tests that assert deterministic cost.
#pragma once

#include <cstdint>

namespace leadlight::compositor {

struct Statistics {
    std::uint64_t output_frames = 0;   // rendered
    std::uint64_t commits = 0;         // of guests, applied
    std::uint64_t damaged_pixels = 0;  // named by those commits
    std::uint64_t frames_sent = 0;     // `frame` answers
    std::uint64_t records_in = 0;
    std::uint64_t records_out = 0;
    std::uint64_t links_closed = 0;  // for a violation
    std::uint64_t title_bars_painted = 0;
    std::uint64_t longest_dispatch_ns = 0;  // of one link's records
};

}  // namespace leadlight::compositor
