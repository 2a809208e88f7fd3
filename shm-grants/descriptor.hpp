// SPDX-License-Identifier: MIT
// An owned file descriptor. Every descriptor of this tree that is not a C
// library's own lives in one of these, so that no path forgets to close it.
#pragma once

#include <unistd.h>

#include <utility>

namespace leadlight::grants {

class Descriptor {
  public:
    Descriptor() noexcept = default;
    explicit Descriptor(int owned) noexcept : fd_(owned) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset(std::exchange(other.fd_, -1));
        }
        return *this;
    }
    ~Descriptor() { reset(); }

    int get() const noexcept { return fd_; }
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }
    void reset(int owned = -1) noexcept {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        fd_ = owned;
    }
    explicit operator bool() const noexcept { return fd_ >= 0; }

  private:
    int fd_ = -1;
};

}  // namespace leadlight::grants
