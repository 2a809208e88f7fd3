// SPDX-License-Identifier: MIT
// Do vector registers survive a page fault? Under this emulator they do not
// with Xen's lazy FPU (without spec-ctrl=eager-fpu), and then every other test
// fails at random. So this runs first: load a register, store it to a page that
// is not there yet, so that the store faults, and compare.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>

namespace {

constexpr std::size_t page_size = 4096;
constexpr int rounds = 2000;

bool survives_a_fault(void* untouched, unsigned char seed) {
    std::array<unsigned char, 16> expected;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        expected[i] = static_cast<unsigned char>(seed + 17 * i);
    }
    // One block of code, so that nothing else uses the register in between.
    asm volatile("movdqu (%0), %%xmm7\n\t"
                 "movdqu %%xmm7, (%1)\n\t"
                 :
                 : "r"(expected.data()), "r"(untouched)
                 : "xmm7", "memory");
    return std::memcmp(untouched, expected.data(), expected.size()) == 0;
}

}  // namespace

int main() {
    const int file = open("/canary", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || ftruncate(file, page_size) < 0) {
        std::perror("canary");
        return 1;
    }
    int bad = 0;
    for (int round = 0; round < rounds; ++round) {
        auto* page = mmap(nullptr, page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
        if (page == MAP_FAILED) {
            std::perror("canary");
            return 1;
        }
        bad += survives_a_fault(page, static_cast<unsigned char>(round)) ? 0 : 1;
        munmap(page, page_size);
    }
    std::printf("canary: %d of %d registers bad\n", bad, rounds);
    if (bad == 0) {
        std::puts("ok: canary");
    }
    return bad == 0 ? 0 : 1;
}
