// SPDX-License-Identifier: MIT
#include "compositor/policy/credits.hpp"

namespace leadlight::policy {

bool Credits::spend(DomainId domain, Time now) {
    const auto credit = granted_.extract(domain);
    return !credit.empty() && now - credit.mapped() <= lifetime;
}

}  // namespace leadlight::policy
