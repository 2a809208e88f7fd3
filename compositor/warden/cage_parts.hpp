// SPDX-License-Identifier: MIT
// The walls of the cage, one file each behind it. Any that cannot be built is an error in one line.
#pragma once

#include "compositor/warden/cage.hpp"

#include <cerrno>
#include <cstring>

namespace leadlight::warden {

using Wall = std::expected<void, std::string>;

[[nodiscard]] Wall limit_resources();
[[nodiscard]] Wall drop_privileges();
[[nodiscard]] Wall close_streams();
[[nodiscard]] Wall close_file_system();
[[nodiscard]] Wall filter_system_calls(const CageNeeds& needs);

inline std::unexpected<std::string> missing(std::string part) {
    return std::unexpected(std::move(part) + ": " + std::strerror(errno));
}

}  // namespace leadlight::warden
