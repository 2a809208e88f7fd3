// SPDX-License-Identifier: MIT
// The compositor's log, a line each on the standard error: error is our defect, warning a guest or
// the system misbehaving, info is quiet. Never guest text. Warnings that a guest can cause at will
// go through guest_warning(), which is rate-limited: a flood of them would be a denial of service
// by log.
#pragma once

#include <string>
#include <string_view>

namespace leadlight::compositor {

/// wlroots' own lines go there too, from then on.
void take_over_wlroots_log();
void log_error(const std::string& text);
void log_warning(const std::string& text);
void log_info(const std::string& text);
/// Of the same words about a domain at most one a second; says how many were left out.
void guest_warning(std::string_view domain, const std::string& text);

}  // namespace leadlight::compositor
