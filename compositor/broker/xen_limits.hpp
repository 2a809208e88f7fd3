// SPDX-License-Identifier: MIT
// What Xen was started with, out of its own command line: the one place where an admin domain
// without hypfs finds it. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace leadlight::broker {

/// Xen's own, where its command line says nothing.
inline constexpr std::uint32_t default_maptrack_frames = 1024;

/// gnttab_max_maptrack_frames, as Xen reads it: the last of several counts, and what is no number
/// is as if it were not there.
std::uint32_t maptrack_frames(std::string_view xen_command_line);

}  // namespace leadlight::broker
