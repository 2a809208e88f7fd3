// SPDX-License-Identifier: MIT
// One line a message on standard error, with the priority that the journal reads. Names of domains
// in it were checked; nothing that a guest wrote is.
#pragma once

#include <string>

namespace leadlight::broker {

void log_error(const std::string& text);
void log_warning(const std::string& text);
void log_info(const std::string& text);

}  // namespace leadlight::broker
