// SPDX-License-Identifier: MIT
// The compositor locks itself in once the desktop runs: it starts no program from then on, so that
// it may lose the means to. Whoever took it over by a driver's or a library's mistake executes
// nothing, gains no rights by a file's, writes to no file of the person's, signals and reads no
// other process and reaches no network. What such a one still has are the sockets that lie in
// folders, the user bus among them: leadlightd's has to be connected to again when it restarts.
#pragma once

#include <expected>
#include <string>

namespace leadlight::compositor {

/// For good, by Landlock and seccomp. `folder` is $XDG_RUNTIME_DIR/leadlight, where it goes on to
/// write; from the one above it may only remove files. Reading stays allowed, for the
/// configuration, keymaps, fonts and cursors; so do devices, for those that are plugged in later.
/// The error is one line.
[[nodiscard]] std::expected<void, std::string> lock_in(const std::string& folder);

}  // namespace leadlight::compositor
