// SPDX-License-Identifier: MIT
// What the administrator says of a domain, in the configuration or by leadlightctl.
#pragma once

#include "compositor/policy/places.hpp"
#include "shm-grants/address.hpp"
#include "theming/label.hpp"

#include <optional>
#include <string>

namespace leadlight::compositor {

struct DomainEntry {
    std::string name;  // see domain_name_problem()
    theming::Label label;
    grants::Address address;
    /// Of a guest of Xen, by the hypervisor. Others are known by name and address.
    std::optional<policy::Uuid> uuid = {};
    bool operator==(const DomainEntry&) const = default;
};

/// A guest of Xen that leadlightd tells of: found by its uuid, or else by the name that the
/// toolstack has for it.
struct GuestEntry {
    std::string name;  // what its frames say
    theming::Label label;
    std::optional<policy::Uuid> uuid;
    bool operator==(const GuestEntry&) const = default;
};

}  // namespace leadlight::compositor
