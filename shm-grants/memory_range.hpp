// SPDX-License-Identifier: MIT
// An owned range of address space: what mmap gave, for munmap.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <utility>

namespace leadlight::grants {

class MemoryRange {
  public:
    MemoryRange() noexcept = default;
    MemoryRange(void* start, std::size_t bytes) noexcept
        : start_(start == MAP_FAILED ? nullptr : start), bytes_(bytes) {}
    MemoryRange(MemoryRange&& other) noexcept
        : start_(std::exchange(other.start_, nullptr)), bytes_(other.bytes_) {}
    MemoryRange& operator=(MemoryRange&& other) noexcept {
        if (this != &other) {
            reset();
            start_ = std::exchange(other.start_, nullptr);
            bytes_ = other.bytes_;
        }
        return *this;
    }
    ~MemoryRange() { reset(); }

    void reset() noexcept {
        if (start_ != nullptr) {
            munmap(std::exchange(start_, nullptr), bytes_);
        }
    }
    std::byte* data() const noexcept { return static_cast<std::byte*>(start_); }
    std::size_t bytes() const noexcept { return bytes_; }
    explicit operator bool() const noexcept { return start_ != nullptr; }

  private:
    void* start_ = nullptr;
    std::size_t bytes_ = 0;
};

}  // namespace leadlight::grants
