// SPDX-License-Identifier: MIT
// What the painter draws, and for how long.
#pragma once

#include <cstdint>

namespace leadlight::bench {

using Nanoseconds = std::int64_t;

struct Options {
    int width = 1920, height = 1080;
    enum class Damage { full, small, walking } damage = Damage::full;
    bool still = false;    // one frame, and then nothing until the end of the connection
    bool latency = false;  // a commit every 15 ms, or one on each frame callback
    Nanoseconds warm_up = 200'000'000, length = 3'000'000'000;
    std::uint32_t frames = 0;  // not by time, but so many
};

/// Ends the program where the command line is wrong.
Options parse_options(int argc, char** argv);

/// One line on standard error, and the end of the program.
[[noreturn]] void fail(const char* what);

}  // namespace leadlight::bench
