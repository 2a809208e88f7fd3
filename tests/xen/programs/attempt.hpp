// SPDX-License-Identifier: MIT
// What somebody would try who has taken a warden over, on another domain. The same code runs in the
// cage and, to show that it would succeed, by root outside of it. What it goes for is a guest's
// xen-offer; dom0 writes where that is into /run/offer: "DOMAIN REFERENCE PORT".
#pragma once

#include <string_view>

namespace leadlight::xen_test {

/// What the page contains that is offered.
inline constexpr std::string_view offered = "a page of another domain";

/// Hears of each step. In the cage there is no descriptor to write to.
using Say = void (*)(std::string_view line);

/// Through each device that is open here, or what lies over it.
void map_another_domain(Say say);
void bind_another_domain(Say say);

}  // namespace leadlight::xen_test
