// SPDX-License-Identifier: MIT
#include "shm-grants/bulk_copy.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace leadlight::grants {

#ifdef __SSE2__

void bulk_copy(std::byte* to, const std::byte* from, std::size_t size) {
    // Streaming stores are of 16 aligned bytes, and quick when they fill whole lines of the cache.
    constexpr std::size_t line = 64;
    const std::size_t misaligned = reinterpret_cast<std::uintptr_t>(to) % line;
    const std::size_t head = misaligned == 0 ? 0 : std::min(size, line - misaligned);
    std::memcpy(to, from, head);
    std::size_t done = head;
    for (; done + line <= size; done += line) {
        const auto* source = reinterpret_cast<const __m128i*>(from + done);
        auto* target = reinterpret_cast<__m128i*>(to + done);
        const __m128i a = _mm_loadu_si128(source), b = _mm_loadu_si128(source + 1);
        const __m128i c = _mm_loadu_si128(source + 2), d = _mm_loadu_si128(source + 3);
        _mm_stream_si128(target, a);
        _mm_stream_si128(target + 1, b);
        _mm_stream_si128(target + 2, c);
        _mm_stream_si128(target + 3, d);
    }
    std::memcpy(to + done, from + done, size - done);
}

void bulk_copies_done() {
    // Streaming stores pass ordinary ones: the commit must not overtake its pixels.
    _mm_sfence();
}

#else

void bulk_copy(std::byte* to, const std::byte* from, std::size_t size) {
    std::memcpy(to, from, size);
}

void bulk_copies_done() {}

#endif

}  // namespace leadlight::grants
