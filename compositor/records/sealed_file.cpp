// SPDX-License-Identifier: MIT
#include "compositor/records/sealed_file.hpp"

#include "shm-grants/memory_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace leadlight::records {
namespace {

constexpr int complete_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

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

FileError file_error(grants::MemoryFileFault fault) {
    switch (fault) {
    case grants::MemoryFileFault::not_a_memory_file:
        return FileError::not_a_memory_file;
    case grants::MemoryFileFault::huge_pages:
        return FileError::huge_pages;
    case grants::MemoryFileFault::not_sealed:
        return FileError::not_sealed;
    case grants::MemoryFileFault::failed:
        break;
    }
    return FileError::failed;
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
    Descriptor file = grants::make_memory_file(name);
    if (!file || !write_all(file.get(), bytes) ||
        fcntl(file.get(), F_ADD_SEALS, complete_seals) < 0) {
        return std::unexpected(FileError::failed);
    }
    return file;
}

std::expected<void, FileError> check_sealed_file(int file, std::size_t bytes) {
    const auto size = grants::sealed_size(file, complete_seals & ~F_SEAL_SEAL);
    if (!size) {
        return std::unexpected(file_error(size.error()));
    }
    if (*size != bytes) {
        return std::unexpected(FileError::wrong_size);
    }
    return {};
}

std::expected<void, FileError> check_pool_file(int file, std::size_t bytes) {
    const auto size = grants::sealed_size(file, F_SEAL_SHRINK);
    if (!size) {
        return std::unexpected(file_error(size.error()));
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
