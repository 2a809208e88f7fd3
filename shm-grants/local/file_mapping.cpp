// SPDX-License-Identifier: MIT
#include "shm-grants/local/local.hpp"
#include "shm-grants/mapping_count.hpp"
#include "shm-grants/memory_file.hpp"
#include "shm-grants/memory_range.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>

namespace leadlight::grants::local {
namespace {

MapError map_error(MemoryFileFault fault) {
    switch (fault) {
    case MemoryFileFault::not_a_memory_file:
        return MapError::not_a_memory_file;
    case MemoryFileFault::huge_pages:
        return MapError::huge_pages;
    case MemoryFileFault::not_sealed:
        return MapError::not_sealed;
    case MemoryFileFault::failed:
        break;
    }
    return MapError::failed;
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
    const auto bytes = sealed_size(memory_file.get(), F_SEAL_SHRINK);
    if (!bytes) {
        return std::unexpected(map_error(bytes.error()));
    }
    if (*bytes / page_size < pages) {
        return std::unexpected(MapError::too_short);
    }
    return std::make_unique<FileMapping>(std::move(memory_file), pages);
}

}  // namespace leadlight::grants::local
