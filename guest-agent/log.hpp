// SPDX-License-Identifier: MIT
// The agent's log on standard error: an error is our defect or ends the program, a warning is
// something outside misbehaving.
#pragma once

#include <string_view>

namespace leadlight::agent {

void log_error(std::string_view text);
void log_warning(std::string_view text);

/// wlroots' own messages, errors only, in the same form.
void take_over_wlroots_log();

}  // namespace leadlight::agent
