// SPDX-License-Identifier: MIT
// The guest's side of shared memory: runs of pages that this domain writes and
// the admin domain may map, read-only. What names a run to the other side is
// its references: a sealed memfd, or one grant reference a page.
#pragma once

#include "shm-grants/page_account.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

namespace leadlight::grants {

inline constexpr std::size_t page_size = 4096;

enum class GrantError {
    no_pages,    // a run of no pages was asked for
    over_limit,  // the account would go over its limit: nothing was tried
    exhausted,   // the system has no more: ENOSPC, ENOMEM
    refused,     // permissions, no device
    failed,
};
std::string_view to_string(GrantError error);

/// Both borrowed: the run owns them.
struct MemoryFile {
    int descriptor = -1;
};
using GrantReferences = std::span<const std::uint32_t>;
using References = std::variant<MemoryFile, GrantReferences>;

/// One run. Its pages count in the granter's account until it is destroyed, and destroying it ends
/// the grant: do that only after the admin domain said `pool_unmapped`, or after its `welcome` on
/// a later connection, which means that nothing of the former one is mapped.
class SharedPages {
  public:
    virtual ~SharedPages() = default;
    SharedPages(const SharedPages&) = delete;
    SharedPages& operator=(const SharedPages&) = delete;

    virtual std::size_t pages() const = 0;
    /// Page-aligned, writable, zero at first.
    virtual std::byte* data() const = 0;
    virtual References references() const = 0;

  protected:
    SharedPages() = default;
};

/// Grants pages to one admin domain. Must outlive the runs that it gave.
class PageGranter {
  public:
    virtual ~PageGranter() = default;
    PageGranter(const PageGranter&) = delete;
    PageGranter& operator=(const PageGranter&) = delete;

    [[nodiscard]] virtual std::expected<std::unique_ptr<SharedPages>, GrantError>
    grant(std::size_t pages) = 0;
    virtual const PageAccount& account() const = 0;
    /// How long pages of a granter that is no more may still take room that this one's account
    /// knows nothing of, counted from when the admin domain has unmapped them (its `welcome`).
    virtual std::chrono::milliseconds settles_within() const { return {}; }

  protected:
    PageGranter() = default;
};

}  // namespace leadlight::grants
