// SPDX-License-Identifier: MIT
#include "shm-grants/local/local.hpp"
#include "shm-grants/mapping_count.hpp"
#include "shm-grants/memory_range.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace leadlight::grants::local {
namespace {

// The descriptor is a guest's: any file that a guest could open or make.
std::optional<MapError> what_is_wrong_with(int file, std::size_t pages) {
    struct stat status{};
    struct statfs system{};
    if (fstat(file, &status) < 0 || fstatfs(file, &system) < 0) {
        return MapError::failed;
    }
    if (!S_ISREG(status.st_mode)) {
        return MapError::not_a_memory_file;
    }
    // Before the seals: a memfd of huge pages carries them too.
    if (system.f_type == HUGETLBFS_MAGIC) {
        return MapError::huge_pages;
    }
    // A file system of its own (FUSE) could let us wait for ever at a page.
    if (system.f_type != TMPFS_MAGIC) {
        return MapError::not_a_memory_file;
    }
    const int seals = fcntl(file, F_GET_SEALS);
    if (seals < 0) {
        return MapError::not_a_memory_file;
    }
    // The length is worth something only once it can not shrink.
    if ((seals & F_SEAL_SHRINK) == 0) {
        return MapError::not_sealed;
    }
    if (fstat(file, &status) < 0) {
        return MapError::failed;
    }
    if (static_cast<std::uint64_t>(status.st_size) / page_size < pages) {
        return MapError::too_short;
    }
    return std::nullopt;
}

class FileMapping final : public PageMapping {
  public:
    FileMapping(Descriptor file, std::size_t pages) : file_(std::move(file)), pages_(pages) {}
    ~FileMapping() override { unmap(); }

    std::size_t pages() const override { return pages_; }
    const std::byte* data() const override { return memory_.data(); }

    // In one go: mapping a file only makes a note in the kernel.
    std::expected<Progress, MapError> map_step(std::size_t& budget) override {
        if (memory_) {
            return Progress::done;
        }
        const auto bytes = pages_ * page_size;
        MemoryRange memory(mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file_.get(), 0), bytes);
        if (!memory) {
            return std::unexpected(errno == ENOMEM ? MapError::no_address_space : MapError::failed);
        }
        memory_ = std::move(memory);
        file_.reset();
        count_map(pages_);
        budget -= std::min(budget, pages_);
        return Progress::done;
    }

    Progress unmap_step(std::size_t& budget) override {
        if (memory_) {
            budget -= std::min(budget, pages_);
        }
        unmap();
        return Progress::done;
    }

  private:
    void unmap() {
        file_.reset();
        if (memory_) {
            memory_.reset();
            count_unmap(pages_);
        }
    }

    Descriptor file_;
    std::size_t pages_;
    MemoryRange memory_;
};

}  // namespace

std::expected<std::unique_ptr<PageMapping>, MapError> map(Descriptor memory_file,
                                                          std::size_t pages) {
    if (pages == 0) {
        return std::unexpected(MapError::no_pages);
    }
    if (pages > max_mapped_pages) {
        return std::unexpected(MapError::too_many_pages);
    }
    if (const auto wrong = what_is_wrong_with(memory_file.get(), pages)) {
        return std::unexpected(*wrong);
    }
    return std::make_unique<FileMapping>(std::move(memory_file), pages);
}

}  // namespace leadlight::grants::local
