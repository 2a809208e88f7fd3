// SPDX-License-Identifier: MIT
#include "compositor/log.hpp"

#include "compositor/clock.hpp"
#include "wlr-headers/wlroots.hpp"

#include <cstdarg>
#include <cstdio>
#include <map>

namespace leadlight::compositor {

namespace {

// One write a line: it stays whole beside the lines of wardens.
void write_line(const char* source, std::string_view text) {
    std::fprintf(stderr, "leadlight: %s%.*s\n", source, static_cast<int>(text.size()), text.data());
}

}  // namespace

void take_over_wlroots_log() {
    wlr_log_init(WLR_INFO,
                 [](wlr_log_importance importance, const char* format, va_list arguments) {
                     if (importance > WLR_INFO) {
                         return;
                     }
                     char text[512];  // bytes; what is longer is cut
                     std::vsnprintf(text, sizeof text, format, arguments);
                     write_line(importance == WLR_ERROR ? "wlroots: error: " : "wlroots: ", text);
                 });
}

void log_error(const std::string& text) {
    write_line("error: ", text);
}

void log_warning(const std::string& text) {
    write_line("warning: ", text);
}

void log_info(const std::string& text) {
    write_line("", text);
}

void guest_warning(std::string_view domain, const std::string& text) {
    struct Recent {
        policy::Time at{};
        unsigned left_out = 0;
    };
    // Far more than the domains and reasons of a second: so that names that are gone go.
    constexpr std::size_t most = 256;
    static std::map<std::string, Recent> recent;
    if (recent.size() >= most) {
        recent.clear();
    }
    std::string line = "domain " + std::string(domain) + ": " + text;
    Recent& last = recent[line];
    const policy::Time time = now();
    if (last.at != policy::Time{} && time - last.at < std::chrono::seconds{1}) {
        ++last.left_out;
        return;
    }
    if (last.left_out != 0) {
        line += " (" + std::to_string(last.left_out) + " more like this left out)";
    }
    last = {time, 0};
    log_warning(line);
}

}  // namespace leadlight::compositor
