// SPDX-License-Identifier: MIT
#include "guest-agent/log.hpp"

#include "wlr-headers/wlroots.hpp"

#include <cstdarg>
#include <cstdio>

namespace leadlight::agent {
namespace {

void write_line(const char* level, std::string_view text) {
    std::fprintf(stderr, "leadlight-agent: %s: %.*s\n", level, static_cast<int>(text.size()),
                 text.data());
}

}  // namespace

void log_error(std::string_view text) {
    write_line("error", text);
}

void log_warning(std::string_view text) {
    write_line("warning", text);
}

void take_over_wlroots_log() {
    wlr_log_init(WLR_ERROR,
                 [](wlr_log_importance importance, const char* format, va_list arguments) {
                     if (importance > WLR_ERROR) {
                         return;
                     }
                     char text[512];
                     std::vsnprintf(text, sizeof text, format, arguments);
                     write_line("wlroots", text);
                 });
}

}  // namespace leadlight::agent
