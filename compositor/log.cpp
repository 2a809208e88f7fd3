// SPDX-License-Identifier: MIT
#include "compositor/log.hpp"

#include "compositor/clock.hpp"
#include "wlr-headers/wlroots.hpp"

#include <map>

namespace leadlight::compositor {

void log_error(const std::string& text) {
    wlr_log(WLR_ERROR, "%s", text.c_str());
}

// wlroots has no level for it.
void log_warning(const std::string& text) {
    wlr_log(WLR_ERROR, "warning: %s", text.c_str());
}

void log_info(const std::string& text) {
    wlr_log(WLR_INFO, "%s", text.c_str());
}

void guest_warning(std::string_view domain, const std::string& text) {
    struct Recent {
        policy::Time at{};
        unsigned left_out = 0;
    };
    static std::map<std::string, Recent, std::less<>> recent;  // as many as domains are configured
    Recent& last = recent.try_emplace(std::string(domain)).first->second;
    const policy::Time time = now();
    if (last.at != policy::Time{} && time - last.at < std::chrono::seconds{1}) {
        ++last.left_out;
        return;
    }
    std::string line = "domain " + std::string(domain) + ": " + text;
    if (last.left_out != 0) {
        line += " (" + std::to_string(last.left_out) + " more like this left out)";
    }
    last = {time, 0};
    log_warning(line);
}

}  // namespace leadlight::compositor
