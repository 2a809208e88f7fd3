// SPDX-License-Identifier: MIT
#include "shm-grants/memory_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <cerrno>

namespace leadlight::grants {

Descriptor make_memory_file(const char* name) {
    constexpr unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    // Before Linux 6.3 there is no MFD_NOEXEC_SEAL.
    Descriptor file(memfd_create(name, flags | MFD_NOEXEC_SEAL));
    if (!file && errno == EINVAL) {
        file.reset(memfd_create(name, flags));
    }
    return file;
}

std::expected<std::uint64_t, MemoryFileFault> sealed_size(int file, int seals) {
    struct stat status{};
    struct statfs system{};
    if (fstat(file, &status) < 0 || fstatfs(file, &system) < 0) {
        return std::unexpected(MemoryFileFault::failed);
    }
    if (!S_ISREG(status.st_mode)) {
        return std::unexpected(MemoryFileFault::not_a_memory_file);
    }
    // Before the seals: a memfd of huge pages carries them too.
    if (system.f_type == HUGETLBFS_MAGIC) {
        return std::unexpected(MemoryFileFault::huge_pages);
    }
    // A file system of its own (FUSE) could let us wait for ever at a page.
    if (system.f_type != TMPFS_MAGIC) {
        return std::unexpected(MemoryFileFault::not_a_memory_file);
    }
    const int found = fcntl(file, F_GET_SEALS);
    if (found < 0) {
        return std::unexpected(MemoryFileFault::not_a_memory_file);
    }
    if ((found & seals) != seals) {
        return std::unexpected(MemoryFileFault::not_sealed);
    }
    // Again: only since the seals were seen is the length worth something.
    if (fstat(file, &status) < 0) {
        return std::unexpected(MemoryFileFault::failed);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace leadlight::grants
