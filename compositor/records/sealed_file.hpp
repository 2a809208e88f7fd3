// SPDX-License-Identifier: MIT
// What is larger than a record travels as a sealed memfd: whoever gets it can read it at leisure,
// for nobody can change or shorten it any more. Both ends check that it is what it should be.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <cstddef>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

namespace leadlight::records {

using grants::Descriptor;

enum class FileError {
    not_a_memory_file,  // a pipe, a device, a file on a disk or of a file system's process
    huge_pages,         // reading could fail for want of them
    not_sealed,
    wrong_size,
    failed,
};
std::string_view to_string(FileError error);

/// A file of exactly these bytes which nobody, the maker included, can change. `name` shows in
/// /proc only. Needs memfd_create, write and fcntl(F_ADD_SEALS).
[[nodiscard]] std::expected<Descriptor, FileError> make_sealed_file(const char* name,
                                                                    std::span<const std::byte>);

/// Whether the descriptor is a memory file of exactly `bytes`, sealed against every change.
/// Afterwards it may be mapped and read without a further thought.
[[nodiscard]] std::expected<void, FileError> check_sealed_file(int file, std::size_t bytes);

/// The same for a pool of pixels: at least `bytes`, which can not shrink; its content may change.
[[nodiscard]] std::expected<void, FileError> check_pool_file(int file, std::size_t bytes);

/// Checks, then reads the whole: for small ones. Needs pread64 and no mapping.
[[nodiscard]] std::expected<std::vector<std::byte>, FileError> read_sealed_file(int file,
                                                                                std::size_t bytes);

}  // namespace leadlight::records
