// SPDX-License-Identifier: MIT
// What a warden may still do once it reads what a guest wrote: take and give bytes on the two
// descriptors that it has, use memory, and nothing else. Whoever takes a warden over gets a process
// that can do what its guest could anyhow (rule 3): the way from a descriptor of /dev/xen to every
// other domain, to files, programs and networks is closed by the kernel.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace leadlight::warden {

struct CageNeeds {
    int records = -1;
    int channel = -1;
    /// The channel is a vchan: its descriptor is an event channel's, read, written and notified.
    bool event_channel = false;
};

/// Locks this process in for good: no new privileges, no capabilities, not dumpable, limits,
/// /dev/null as standard input, output and error, Landlock, seccomp. The error is one line, and can
/// still be written to standard error: a part is missing, and nobody must go on without it.
[[nodiscard]] std::expected<void, std::string> enter_cage(const CageNeeds& needs);

/// The system calls that are allowed beyond that for the sanitizers' sake: none in every build that
/// is shipped.
std::span<const std::string_view> sanitizer_calls();

}  // namespace leadlight::warden
