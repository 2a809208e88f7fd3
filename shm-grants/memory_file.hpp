// SPDX-License-Identifier: MIT
// Memory files that travel as descriptors: how one is made, and the one check of one that came from
// somebody else, which may be any file that its sender could open or make.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <cstdint>
#include <expected>

namespace leadlight::grants {

enum class MemoryFileFault : std::uint8_t {
    not_a_memory_file,  // a pipe, a device, a file on a disk or of a file system's process
    huge_pages,         // reading could fail for want of them: SIGBUS
    not_sealed,         // what is said of it may not hold any more when it is read
    failed,
};

/// Empty, and may be sealed. `name` shows in /proc only. Nothing, and errno, where there is none.
Descriptor make_memory_file(const char* name);

/// The size in bytes of a memory file that carries all these seals (F_SEAL_...): it holds as far as
/// they say so.
[[nodiscard]] std::expected<std::uint64_t, MemoryFileFault> sealed_size(int file, int seals);

}  // namespace leadlight::grants
