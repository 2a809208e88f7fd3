// SPDX-License-Identifier: MIT
// In a guest: grants so many more pages, as a disk or a network that needs them now would, and
// tells their references. With `hold` it keeps them until it is killed, otherwise it gives them
// back.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

extern "C" {
#include <xengnttab.h>
}

int main(int argc, char** argv) {
    unsigned pages = 0;
    if (argc < 2 || std::sscanf(argv[1], "%u", &pages) != 1 || pages == 0) {
        (void)std::fputs("usage: xen-take-grants PAGES [hold]\n", stderr);
        return 2;
    }
    auto* sharing = xengntshr_open(nullptr, 0);
    // In runs as those of a driver's queue: how many there are is the question.
    constexpr std::size_t most = 100;
    std::vector<std::uint32_t> references;
    while (sharing != nullptr && references.size() < pages) {
        const auto run = std::min(most, pages - references.size());
        const auto taken = references.size();
        references.resize(taken + run);
        if (xengntshr_share_pages(sharing, 0, static_cast<int>(run), &references[taken], 0) ==
            nullptr) {
            std::printf("grants: %zu of %u taken, and no more\n", taken, pages);
            return 1;
        }
    }
    std::printf("grants: %zu of %u taken\n", references.size(), pages);
    if (argc > 2 && std::strcmp(argv[2], "hold") == 0) {
        std::printf("grants:");
        for (const auto reference : references) {
            std::printf(" %u", reference);
        }
        std::puts(" held");
        (void)std::fflush(stdout);
        for (;;) {
            pause();
        }
    }
}
