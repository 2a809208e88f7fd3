// SPDX-License-Identifier: MIT
#pragma once

// How many pages are granted, and how many may be. On Xen, running the grant
// table dry poisons gntalloc until the guest reboots, so the agent must know
// beforehand, and stop below.

#include <cstddef>

namespace leadlight::grants {

class PageAccount {
  public:
    explicit PageAccount(std::size_t limit) : limit_(limit) {}

    [[nodiscard]] std::size_t limit() const { return limit_; }
    [[nodiscard]] std::size_t used() const { return used_; }
    [[nodiscard]] std::size_t left() const { return limit_ > used_ ? limit_ - used_ : 0; }

    // All or none.
    [[nodiscard]] bool take(std::size_t pages) {
        if (pages > left()) {
            return false;
        }
        used_ += pages;
        return true;
    }
    void give_back(std::size_t pages) { used_ -= pages < used_ ? pages : used_; }

  private:
    std::size_t limit_;
    std::size_t used_ = 0;
};

}  // namespace leadlight::grants
