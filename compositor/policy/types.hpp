// SPDX-License-Identifier: MIT
// The few words that every policy shares: who (DomainId), what (WindowId, OutputId, BufferId) and
// when (Time). They are numbers that convert to nothing else, so that a window is never taken for a
// domain by accident.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace leadlight::policy {

/// Zero means none.
template <typename Tag>
struct Id {
    std::uint64_t value = 0;

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

/// One link to a domain: a domain that connects again is a new one here.
using DomainId = Id<struct DomainTag>;
/// The compositor's own number of a window, unique over all domains. Not the number of the wire.
using WindowId = Id<struct WindowTag>;
using OutputId = Id<struct OutputTag>;
/// The compositor's own number of a buffer, unique over all domains.
using BufferId = Id<struct BufferTag>;

/// Of a clock that never goes back, since an epoch that the caller keeps.
using Time = std::chrono::nanoseconds;

}  // namespace leadlight::policy
