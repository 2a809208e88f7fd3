// SPDX-License-Identifier: MIT
// How many pages are granted, and how many may be. On Xen, running the grant
// table dry poisons gntalloc until the guest reboots, so the agent must know
// beforehand, and stop below.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

namespace leadlight::grants {

class PageAccount;

/// Pages taken from an account, given back when this ends.
class PageShare {
  public:
    PageShare(PageShare&& other) noexcept
        : account_(std::exchange(other.account_, nullptr)), pages_(other.pages_) {}
    PageShare& operator=(PageShare&&) = delete;
    ~PageShare();

    std::size_t pages() const { return pages_; }

  private:
    friend class PageAccount;
    PageShare(PageAccount& account, std::size_t pages) : account_(&account), pages_(pages) {}

    PageAccount* account_;
    std::size_t pages_;
};

/// Must outlive the shares taken from it.
class PageAccount {
  public:
    explicit PageAccount(std::size_t limit) : limit_(limit) {}
    PageAccount(const PageAccount&) = delete;
    PageAccount& operator=(const PageAccount&) = delete;

    std::size_t limit() const { return limit_; }
    std::size_t used() const { return used_; }
    std::size_t left() const { return limit_ - used_; }

    /// All or none.
    [[nodiscard]] std::optional<PageShare> take(std::size_t pages) {
        if (pages > left()) {
            return std::nullopt;
        }
        used_ += pages;
        return PageShare(*this, pages);
    }

  private:
    friend class PageShare;

    std::size_t limit_;
    std::size_t used_ = 0;
};

inline PageShare::~PageShare() {
    if (account_ != nullptr) {
        account_->used_ -= pages_;
    }
}

}  // namespace leadlight::grants
