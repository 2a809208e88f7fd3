// SPDX-License-Identifier: MIT
// What the administrator says of a domain, in the configuration or by leadlightctl.
#pragma once

#include "shm-grants/address.hpp"
#include "theming/label.hpp"

#include <string>

namespace leadlight::compositor {

struct DomainEntry {
    std::string name;  // see domain_name_problem()
    theming::Label label;
    grants::Address address;
    bool operator==(const DomainEntry&) const = default;
};

}  // namespace leadlight::compositor
