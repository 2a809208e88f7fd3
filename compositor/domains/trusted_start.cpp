// SPDX-License-Identifier: MIT
#include "compositor/domains/trusted_start.hpp"

#include <algorithm>
#include <array>

namespace leadlight::compositor {

std::optional<std::string> refused_option(const AskedStart& asked, bool test_build) {
    if (!asked.default_socket) {
        return "--leadlightd";
    }
    if (!asked.default_configuration) {
        return "--config";
    }
    switch (asked.backend) {
    case BackendKind::automatic:
    case BackendKind::drm:
        return std::nullopt;
    case BackendKind::headless:
        return test_build ? std::nullopt : std::optional<std::string>("--backend headless");
    case BackendKind::wayland:
        return "--backend wayland";
    case BackendKind::x11:
        return "--backend x11";
    }
    return "--backend";
}

bool is_harmless_variable(std::string_view name) {
    // Not HOME, and none of XDG's folders: fonts, cursors and settings of drivers come from there.
    constexpr std::array kept = std::to_array<std::string_view>(
        {"LANG", "LANGUAGE", "LOGNAME", "TZ", "USER", "XDG_RUNTIME_DIR", "XDG_SEAT",
         "XDG_SESSION_CLASS", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_VTNR"});
    return name.starts_with("LC_") || std::ranges::contains(kept, name);
}

}  // namespace leadlight::compositor
