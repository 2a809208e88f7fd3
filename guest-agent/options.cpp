// SPDX-License-Identifier: MIT
#include "guest-agent/options.hpp"

#include <charconv>
#include <string_view>

namespace leadlight::agent {

namespace {

constexpr std::string_view version_text = "leadlight-agent " LEADLIGHT_VERSION "\n";
constexpr std::string_view help_text =
    R"(usage: leadlight-agent --listen ADDRESS [OPTION...] [-- PROGRAM [ARGUMENT...]]

Shows this domain's programs on the desktop of the admin domain: it is the
Wayland compositor and the X11 window manager that they see.

With PROGRAM it runs that and ends when it ends, with its status; without, it
runs until SIGTERM. Programs find it by WAYLAND_DISPLAY and DISPLAY.

  --listen ADDRESS  where the admin domain connects: xen:DOMID:PORT with DOMID
                    the admin domain's, or local:/path/to/socket
  --no-xwayland     no X11 programs
  --grant-frames N  this domain's max_grant_frames, where it is not Xen's 64
  --stats FILE      at SIGUSR1 and at the end, write counters there; without it at
                    SIGUSR1 only, to standard error
  --version, --help which this is; this text
)";

std::optional<std::uint32_t> frames(std::string_view text) {
    std::uint32_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || rest != end || value < 1 || value > 65'536) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::expected<Options, std::string> parse_options(std::span<const char* const> arguments) {
    Options options;
    bool listens = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        const bool has_next = i + 1 < arguments.size();
        if (argument == "--help" || argument == "-h") {
            options.answer = help_text;
            return options;
        }
        if (argument == "--version") {
            options.answer = version_text;
            return options;
        }
        if (argument == "--") {
            options.program.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                   arguments.end());
            if (options.program.empty()) {
                return std::unexpected("no program after --");
            }
            break;
        }
        if (argument == "--no-xwayland") {
            options.xwayland = false;
        } else if (argument == "--listen" && has_next) {
            const std::string_view text = arguments[++i];
            auto address = grants::parse_address(text);
            if (!address) {
                return std::unexpected("--listen " + std::string(text) + ": " +
                                       std::string(address.error()));
            }
            options.address = std::move(*address);
            listens = true;
        } else if (argument == "--stats" && has_next) {
            options.stats = arguments[++i];
        } else if (argument == "--grant-frames" && has_next) {
            const std::string_view text = arguments[++i];
            options.grant_frames = frames(text);
            if (!options.grant_frames) {
                return std::unexpected("--grant-frames " + std::string(text) +
                                       ": not a number from 1 to 65536");
            }
        } else if (argument == "--listen" || argument == "--stats" ||
                   argument == "--grant-frames") {
            return std::unexpected(std::string(argument) + " wants a value");
        } else {
            return std::unexpected("unknown argument " + std::string(argument) +
                                   " (see --help; a program follows --)");
        }
    }
    if (!listens) {
        return std::unexpected("--listen ADDRESS is missing (see --help)");
    }
    return options;
}

}  // namespace leadlight::agent
