// SPDX-License-Identifier: MIT
#include "compositor/broker/log.hpp"

#include <systemd/sd-daemon.h>

#include <cstdio>

namespace leadlight::broker {

void log_error(const std::string& text) {
    std::fprintf(stderr, SD_ERR "leadlightd: %s\n", text.c_str());
}

void log_warning(const std::string& text) {
    std::fprintf(stderr, SD_WARNING "leadlightd: %s\n", text.c_str());
}

void log_info(const std::string& text) {
    std::fprintf(stderr, SD_INFO "leadlightd: %s\n", text.c_str());
}

}  // namespace leadlight::broker
