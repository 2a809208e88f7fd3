// SPDX-License-Identifier: MIT
// The path of a local socket, as the kernel takes it.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace leadlight::grants {

/// Nothing for a path that is too long, or empty: that would be a name of the kernel's choice in
/// the abstract namespace, which is open to everyone.
inline std::optional<sockaddr_un> unix_address(std::string_view path) {
    sockaddr_un result{};
    result.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof result.sun_path) {
        return std::nullopt;
    }
    std::ranges::copy(path, result.sun_path);
    return result;
}

}  // namespace leadlight::grants
