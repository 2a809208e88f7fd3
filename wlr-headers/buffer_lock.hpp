// SPDX-License-Identifier: MIT
// A lock on a buffer that somebody reads or shows. Without one of our own wlroots releases the
// buffer and, in places, forgets it while it is on the screen.
#pragma once

#include "wlr-headers/wlroots.hpp"

#include <utility>

namespace leadlight {

class BufferLock {
  public:
    BufferLock() = default;
    explicit BufferLock(wlr_buffer* buffer)
        : buffer_(buffer == nullptr ? nullptr : wlr_buffer_lock(buffer)) {}
    BufferLock(BufferLock&& other) noexcept : buffer_(std::exchange(other.buffer_, nullptr)) {}
    BufferLock& operator=(BufferLock&& other) noexcept {
        std::swap(buffer_, other.buffer_);
        return *this;
    }
    ~BufferLock() { wlr_buffer_unlock(buffer_); }
    wlr_buffer* get() const { return buffer_; }
    explicit operator bool() const { return buffer_ != nullptr; }

  private:
    wlr_buffer* buffer_ = nullptr;
};

}  // namespace leadlight
