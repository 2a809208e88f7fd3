// SPDX-License-Identifier: MIT
#include "compositor/warden/cage.hpp"

#include "compositor/warden/cage_parts.hpp"

namespace leadlight::warden {

std::expected<void, std::string> enter_cage(const CageNeeds& needs) {
    // seccomp last: it forbids what the others need.
    return limit_resources().and_then(drop_privileges).and_then(close_file_system).and_then([&] {
        return filter_system_calls(needs);
    });
}

}  // namespace leadlight::warden
