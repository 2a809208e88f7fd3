// SPDX-License-Identifier: MIT
// The admin domain's side of shared memory: one guest's run of pages, mapped
// read-only, in steps that the compositor can afford within a refresh.
//
// The bytes may change at any moment while they are read: they are pixels, and
// nothing else may be read from them (rule 3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

namespace leadlight::grants {

enum class MapError {
    /// A descriptor that is not what a granter makes:
    not_a_memory_file,  // a pipe, a directory, a file on a disk, ...
    not_sealed,         // it can be cut short under our eyes, and reading would be SIGBUS
    huge_pages,         // reading could fail for want of them: SIGBUS again
    too_short,
    /// In general:
    no_pages,
    too_many_pages,
    bad_reference,  // Xen refuses a reference (or has no maptrack entry left: it tells no more)
    no_address_space,
    failed,
};
std::string_view to_string(MapError error);

/// One run has at most this many (256 MiB), the most that a pool of the protocol has.
inline constexpr std::size_t max_mapped_pages = std::size_t{64} * 1024;

class PageMapping {
  public:
    enum class Progress { working, done };

    /// Whatever is still mapped is unmapped at once.
    virtual ~PageMapping() = default;
    PageMapping(const PageMapping&) = delete;
    PageMapping& operator=(const PageMapping&) = delete;

    virtual std::size_t pages() const = 0;
    /// Null unless all of it is mapped.
    virtual const std::byte* data() const = 0;

    /// Maps up to that many pages more (never less than one slice). Takes the number off `budget`.
    [[nodiscard]] virtual std::expected<Progress, MapError> map_step(std::size_t& budget) = 0;
    /// The same for unmapping, also of what is mapped in part. From the first call on data() is
    /// null. Every reader must be done.
    [[nodiscard]] virtual Progress unmap_step(std::size_t& budget) = 0;

    static constexpr std::size_t slice = 256;  // pages; map_step's and unmap_step's grain

  protected:
    PageMapping() = default;
};

/// Calls that change mappings, since the program's start: in steady state they stand still.
struct MappingCounters {
    std::uint64_t map_calls = 0;
    std::uint64_t unmap_calls = 0;
    std::uint64_t pages_mapped = 0;  // now
};
const MappingCounters& mapping_counters();

}  // namespace leadlight::grants
