// SPDX-License-Identifier: MIT
// What the guest fills a run of pages with, so that a page in the wrong place,
// of another run, or an old one is told from the right one.
#pragma once

#include "shm-grants/pages.hpp"

#include <cstdint>
#include <cstring>

namespace leadlight::xen_test {

using grants::page_size;

inline std::uint32_t word_of(std::uint32_t seed, std::size_t index) {
    return seed * 2654435761U ^ static_cast<std::uint32_t>(index) * 40503U;
}

inline void fill(std::byte* memory, std::size_t pages, std::uint32_t seed) {
    for (std::size_t i = 0; i < pages * page_size / sizeof(std::uint32_t); ++i) {
        const auto word = word_of(seed, i);
        std::memcpy(memory + i * sizeof word, &word, sizeof word);
    }
}

// The number of the first page that differs, or `pages`.
inline std::size_t first_wrong_page(const std::byte* memory, std::size_t pages,
                                    std::uint32_t seed) {
    for (std::size_t i = 0; i < pages * page_size / sizeof(std::uint32_t); ++i) {
        const auto word = word_of(seed, i);
        if (std::memcmp(memory + i * sizeof word, &word, sizeof word) != 0) {
            return i * sizeof word / page_size;
        }
    }
    return pages;
}

}  // namespace leadlight::xen_test
