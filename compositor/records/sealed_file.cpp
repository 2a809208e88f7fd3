// SPDX-License-Identifier: MIT
#include "compositor/records/sealed_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>

namespace leadlight::records {
namespace {

constexpr int complete_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

// Before Linux 6.3 there is no MFD_NOEXEC_SEAL.
Descriptor memory_file(const char* name) {
    constexpr unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    Descriptor file(memfd_create(name, flags | MFD_NOEXEC_SEAL));
    if (!file && errno == EINVAL) {
        file.reset(memfd_create(name, flags));
    }
    return file;
}

bool write_all(int file, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// The descriptor may be any that its sender could open. Gives the size, which holds only as far as
// the seals say so: they are asked for first.
std::expected<std::size_t, FileError> size_of(int file, int wanted_seals) {
    struct stat status{};
    struct statfs system{};
    if (fstat(file, &status) < 0 || fstatfs(file, &system) < 0) {
        return std::unexpected(FileError::failed);
    }
    if (!S_ISREG(status.st_mode)) {
        return std::unexpected(FileError::not_a_memory_file);
    }
    // A memfd of huge pages carries seals, too.
    if (system.f_type == HUGETLBFS_MAGIC) {
        return std::unexpected(FileError::huge_pages);
    }
    if (system.f_type != TMPFS_MAGIC) {
        return std::unexpected(FileError::not_a_memory_file);
    }
    const int seals = fcntl(file, F_GET_SEALS);
    if (seals < 0) {
        return std::unexpected(FileError::not_a_memory_file);
    }
    if ((seals & wanted_seals) != wanted_seals) {
        return std::unexpected(FileError::not_sealed);
    }
    if (fstat(file, &status) < 0) {
        return std::unexpected(FileError::failed);
    }
    return static_cast<std::size_t>(status.st_size);
}

}  // namespace

std::string_view to_string(FileError error) {
    switch (error) {
    case FileError::not_a_memory_file:
        return "not a memory file";
    case FileError::huge_pages:
        return "made of huge pages";
    case FileError::not_sealed:
        return "not sealed";
    case FileError::wrong_size:
        return "of the wrong size";
    case FileError::failed:
        break;
    }
    return "a system call failed";
}

std::expected<Descriptor, FileError> make_sealed_file(const char* name,
                                                      std::span<const std::byte> bytes) {
    Descriptor file = memory_file(name);
    if (!file || !write_all(file.get(), bytes) ||
        fcntl(file.get(), F_ADD_SEALS, complete_seals) < 0) {
        return std::unexpected(FileError::failed);
    }
    return file;
}

std::expected<void, FileError> check_sealed_file(int file, std::size_t bytes) {
    const auto size = size_of(file, complete_seals & ~F_SEAL_SEAL);
    if (!size) {
        return std::unexpected(size.error());
    }
    if (*size != bytes) {
        return std::unexpected(FileError::wrong_size);
    }
    return {};
}

std::expected<void, FileError> check_pool_file(int file, std::size_t bytes) {
    const auto size = size_of(file, F_SEAL_SHRINK);
    if (!size) {
        return std::unexpected(size.error());
    }
    if (*size < bytes) {
        return std::unexpected(FileError::wrong_size);
    }
    return {};
}

std::expected<std::vector<std::byte>, FileError> read_sealed_file(int file, std::size_t bytes) {
    if (const auto good = check_sealed_file(file, bytes); !good) {
        return std::unexpected(good.error());
    }
    std::vector<std::byte> content(bytes);
    for (std::size_t have = 0; have < bytes;) {
        const ssize_t got =
            pread(file, content.data() + have, bytes - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return std::unexpected(FileError::failed);
        }
        have += static_cast<std::size_t>(got);
    }
    return content;
}

}  // namespace leadlight::records
