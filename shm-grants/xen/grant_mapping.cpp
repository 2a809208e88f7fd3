// SPDX-License-Identifier: MIT
// By gntdev's own calls and not by libxengnttab, which maps a run in one call
// (44 ms for a 4K buffer under emulation) and where it likes.
#include "shm-grants/mapping_count.hpp"
#include "shm-grants/memory_range.hpp"
#include "shm-grants/xen/xen.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

extern "C" {
#include <linux/ioctl.h>
#include <xen/sys/gntdev.h>
}

namespace leadlight::grants::xen {
namespace {

MemoryRange reserve(std::size_t bytes) {
    constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    return {mmap(nullptr, bytes, PROT_NONE, flags, -1, 0), bytes};
}

// What ioctl_gntdev_map_grant_ref is with a slice's references instead of one.
struct MapRequest {
    ioctl_gntdev_map_grant_ref head{};
    std::array<ioctl_gntdev_grant_ref, PageMapping::slice - 1> further_references{};
};

class GrantMapping final : public PageMapping {
  public:
    GrantMapping(int device, std::uint16_t domain, std::vector<std::uint32_t> references,
                 MemoryRange range)
        : device_(device), domain_(domain), references_(std::move(references)),
          range_(std::move(range)) {
        indexes_.reserve((references_.size() + slice - 1) / slice);
    }
    ~GrantMapping() override {
        while (!indexes_.empty()) {
            unmap_last_slice();
        }
    }

    std::size_t pages() const override { return references_.size(); }

    const std::byte* data() const override {
        return mapped_pages() == pages() && !unmapping_ ? range_.data() : nullptr;
    }

    std::expected<Progress, MapError> map_step(std::size_t& budget) override {
        while (mapped_pages() < pages()) {
            const auto count = std::min(slice, pages() - mapped_pages());
            if (const auto done = map_next_slice(count); !done) {
                return std::unexpected(done.error());
            }
            budget -= std::min(budget, count);
            if (budget == 0) {
                break;
            }
        }
        return mapped_pages() == pages() ? Progress::done : Progress::working;
    }

    Progress unmap_step(std::size_t& budget) override {
        unmapping_ = true;
        while (!indexes_.empty()) {
            budget -= std::min(budget, unmap_last_slice());
            if (budget == 0) {
                break;
            }
        }
        return indexes_.empty() ? Progress::done : Progress::working;
    }

  private:
    // All slices are whole but the run's last.
    std::size_t mapped_pages() const { return std::min(indexes_.size() * slice, pages()); }

    std::expected<void, MapError> map_next_slice(std::size_t count) {
        if (unmapping_) {
            return std::unexpected(MapError::failed);
        }
        const auto first = mapped_pages();
        MapRequest request;
        request.head.count = static_cast<std::uint32_t>(count);
        auto* listed = reinterpret_cast<std::byte*>(&request) + offsetof(MapRequest, head.refs);
        for (std::size_t i = 0; i < count; ++i) {
            const ioctl_gntdev_grant_ref entry{.domid = domain_, .ref = references_[first + i]};
            std::memcpy(listed + i * sizeof entry, &entry, sizeof entry);
        }
        if (ioctl(device_, IOCTL_GNTDEV_MAP_GRANT_REF, &request) < 0) {
            return std::unexpected(MapError::failed);
        }
        // Here the references are looked at. PROT_READ makes the mapping read-only in Xen too.
        auto* place = range_.data() + first * page_size;
        const auto* mapped = mmap(place, count * page_size, PROT_READ, MAP_SHARED | MAP_FIXED,
                                  device_, static_cast<off_t>(request.head.index));
        if (mapped == MAP_FAILED) {
            const auto error =
                errno == ENOMEM ? MapError::no_address_space : MapError::bad_reference;
            release(place, count, request.head.index);
            return std::unexpected(error);
        }
        indexes_.push_back(request.head.index);
        count_map(count);
        return {};
    }

    std::size_t unmap_last_slice() {
        const auto end = mapped_pages();
        const auto first = (indexes_.size() - 1) * slice;
        release(range_.data() + first * page_size, end - first, indexes_.back());
        indexes_.pop_back();
        count_unmap(end - first);
        return end - first;
    }

    // Puts the reservation back over the pages: this unmaps them, and the range stays ours, so
    // that no other thread's memory can come to lie in its middle. Then the device may forget.
    void release(void* place, std::size_t count, std::uint64_t index) const {
        constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
        if (mmap(place, count * page_size, PROT_NONE, flags, -1, 0) == MAP_FAILED) {
            munmap(place, count * page_size);
        }
        ioctl_gntdev_unmap_grant_ref request{};
        request.index = index;
        request.count = static_cast<std::uint32_t>(count);
        ioctl(device_, IOCTL_GNTDEV_UNMAP_GRANT_REF, &request);
    }

    int device_;
    std::uint16_t domain_;
    std::vector<std::uint32_t> references_;
    MemoryRange range_;
    std::vector<std::uint64_t> indexes_;  // gntdev's name of each mapped slice
    bool unmapping_ = false;
};

}  // namespace

Descriptor open_grant_device() {
    return Descriptor(open("/dev/xen/gntdev", O_RDWR | O_CLOEXEC));
}

std::expected<std::unique_ptr<PageMapping>, MapError> map(int grant_device, std::uint16_t domain,
                                                          std::vector<std::uint32_t> references) {
    if (references.empty()) {
        return std::unexpected(MapError::no_pages);
    }
    if (references.size() > max_mapped_pages) {
        return std::unexpected(MapError::too_many_pages);
    }
    auto range = reserve(references.size() * page_size);
    if (!range) {
        return std::unexpected(MapError::no_address_space);
    }
    return std::make_unique<GrantMapping>(grant_device, domain, std::move(references),
                                          std::move(range));
}

}  // namespace leadlight::grants::xen
