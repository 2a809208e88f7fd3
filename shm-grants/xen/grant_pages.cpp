// SPDX-License-Identifier: MIT
#include "shm-grants/xen/grant_limit.hpp"
#include "shm-grants/xen/xen.hpp"

#include <cerrno>
#include <climits>
#include <fstream>

extern "C" {
#include <xengnttab.h>
}

namespace leadlight::grants::xen {
namespace {

struct SharingCloser {
    void operator()(xengntshr_handle* handle) const { xengntshr_close(handle); }
};
using Sharing = std::unique_ptr<xengntshr_handle, SharingCloser>;

GrantError grant_error(int code) {
    switch (code) {
    case ENOSPC:  // gntalloc's limit
    case ENOMEM:
        return GrantError::exhausted;
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case EACCES:
    case EPERM:
        return GrantError::refused;
    default:
        return GrantError::failed;
    }
}

std::size_t gntalloc_limit() {
    std::ifstream parameter("/sys/module/xen_gntalloc/parameters/limit");
    long long limit = 0;
    if (!(parameter >> limit) || limit < 0) {
        return default_gntalloc_limit;
    }
    return static_cast<std::size_t>(limit);
}

class GrantPages final : public SharedPages {
  public:
    GrantPages(xengntshr_handle& sharing, void* memory, std::vector<std::uint32_t> references,
               PageShare share)
        : share_(std::move(share)), sharing_(sharing), memory_(memory),
          references_(std::move(references)) {}
    // A page that is still mapped stays the kernel's until it is not.
    ~GrantPages() override {
        xengntshr_unshare(&sharing_, memory_, static_cast<std::uint32_t>(share_.pages()));
    }

    std::size_t pages() const override { return share_.pages(); }
    std::byte* data() const override { return static_cast<std::byte*>(memory_); }
    References references() const override { return GrantReferences(references_); }

  private:
    PageShare share_;
    xengntshr_handle& sharing_;
    void* memory_;
    std::vector<std::uint32_t> references_;
};

class Granter final : public PageGranter {
  public:
    Granter(Sharing sharing, std::uint16_t admin_domain, std::size_t limit)
        : sharing_(std::move(sharing)), admin_domain_(admin_domain), account_(limit) {}

    std::expected<std::unique_ptr<SharedPages>, GrantError> grant(std::size_t pages) override {
        if (pages == 0) {
            return std::unexpected(GrantError::no_pages);
        }
        auto share = account_.take(pages);
        if (!share || pages > INT_MAX) {
            return std::unexpected(GrantError::over_limit);
        }
        std::vector<std::uint32_t> references(pages);
        constexpr int read_only = 0;
        auto* memory = xengntshr_share_pages(sharing_.get(), admin_domain_, static_cast<int>(pages),
                                             references.data(), read_only);
        if (memory == nullptr) {
            return std::unexpected(grant_error(errno));
        }
        return std::make_unique<GrantPages>(*sharing_, memory, std::move(references),
                                            *std::move(share));
    }

    const PageAccount& account() const override { return account_; }
    // Grants that end while they are mapped, as those of an agent that dies, are put on a list that
    // Linux goes through once a second: all of it where grant_table.free_per_iteration says so,
    // which the agent's package sees to. By default it would be ten of them.
    std::chrono::milliseconds settles_within() const override {
        return std::chrono::milliseconds{1500};
    }

  private:
    Sharing sharing_;
    std::uint16_t admin_domain_;
    PageAccount account_;
};

}  // namespace

std::expected<std::unique_ptr<PageGranter>, GrantError> granter(std::uint16_t admin_domain,
                                                                std::size_t grant_frames) {
    Sharing sharing(xengntshr_open(nullptr, 0));
    if (!sharing) {
        return std::unexpected(grant_error(errno));
    }
    return std::make_unique<Granter>(std::move(sharing), admin_domain,
                                     grant_limit(gntalloc_limit(), grant_frames));
}

}  // namespace leadlight::grants::xen
