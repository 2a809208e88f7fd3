// SPDX-License-Identifier: MIT
#include "bench/painter_options.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace leadlight::bench {

void fail(const char* what) {
    std::fprintf(stderr, "painter: %s\n", what);
    std::exit(1);
}

Options parse_options(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        double seconds = 0;
        if (word == "--small") {
            options.damage = Options::Damage::small;
        } else if (word == "--walking") {
            options.damage = Options::Damage::walking;
        } else if (word == "--latency") {
            options.latency = true;
        } else if (word == "--still") {
            options.still = true;
        } else if (std::sscanf(argv[i], "--seconds=%lf", &seconds) == 1) {
            options.length = static_cast<Nanoseconds>(seconds * 1e9);
        } else if (std::sscanf(argv[i], "--warm-up=%lf", &seconds) == 1) {
            options.warm_up = static_cast<Nanoseconds>(seconds * 1e9);
        } else if (std::sscanf(argv[i], "--frames=%u", &options.frames) == 1) {
            continue;
        } else if (std::sscanf(argv[i], "--size=%dx%d", &options.width, &options.height) != 2 ||
                   options.width < 64 || options.height < 64 || options.width > 16384 ||
                   options.height > 16384) {
            fail("usage: painter [--size=WxH] [--small|--walking] [--latency] "
                 "[--warm-up=S] [--seconds=S|--frames=N|--still]");
        }
    }
    return options;
}

}  // namespace leadlight::bench
