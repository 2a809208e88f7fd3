// SPDX-License-Identifier: MIT
#include "shm-grants/local/local.hpp"
#include "shm-grants/memory_file.hpp"
#include "shm-grants/memory_range.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

namespace leadlight::grants::local {
namespace {

GrantError grant_error(int code) {
    return code == ENOMEM || code == ENOSPC || code == EMFILE || code == ENFILE
               ? GrantError::exhausted
               : GrantError::failed;
}

class FilePages final : public SharedPages {
  public:
    FilePages(Descriptor file, MemoryRange memory, PageShare share)
        : share_(std::move(share)), file_(std::move(file)), memory_(std::move(memory)) {}

    std::size_t pages() const override { return share_.pages(); }
    std::byte* data() const override { return memory_.data(); }
    References references() const override { return MemoryFile{file_.get()}; }

  private:
    PageShare share_;
    Descriptor file_;
    MemoryRange memory_;
};

class FileGranter final : public PageGranter {
  public:
    explicit FileGranter(std::size_t page_limit) : account_(page_limit) {}

    std::expected<std::unique_ptr<SharedPages>, GrantError> grant(std::size_t pages) override {
        if (pages == 0) {
            return std::unexpected(GrantError::no_pages);
        }
        auto share = account_.take(pages);
        if (!share) {
            return std::unexpected(GrantError::over_limit);
        }
        auto file = make_memory_file("leadlight-pages");
        const auto bytes = pages * page_size;
        if (!file || ftruncate(file.get(), static_cast<off_t>(bytes)) < 0) {
            return std::unexpected(grant_error(errno));
        }
        MemoryRange memory(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0),
                           bytes);
        // Shrink, because the admin side insists. Future write, after our own mapping was made:
        // whoever gets the descriptor can map it for reading only, as with a read-only grant.
        constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;
        if (!memory || fcntl(file.get(), F_ADD_SEALS, seals) < 0) {
            return std::unexpected(grant_error(errno));
        }
        return std::make_unique<FilePages>(std::move(file), std::move(memory), *std::move(share));
    }

    const PageAccount& account() const override { return account_; }

  private:
    PageAccount account_;
};

}  // namespace

std::unique_ptr<PageGranter> granter(std::size_t page_limit) {
    return std::make_unique<FileGranter>(page_limit);
}

}  // namespace leadlight::grants::local
