// SPDX-License-Identifier: MIT
// Starting a program in a domain gives that domain one credit, and so does the end of the last
// window of the domain that has the focus: its next new toplevel within 10 s may take the focus.
// Any key or click in between ends it, since the person has gone on to something else (rule 5).
#pragma once

#include "compositor/policy/types.hpp"

#include <map>

namespace leadlight::policy {

class Credits {
  public:
    static constexpr Time lifetime = std::chrono::seconds{10};

    void grant(DomainId domain, Time now) { granted_[domain] = now; }
    /// True once for each credit, while it lasts.
    [[nodiscard]] bool spend(DomainId domain, Time now);
    void clear() { granted_.clear(); }
    void drop(DomainId domain) { granted_.erase(domain); }

  private:
    std::map<DomainId, Time> granted_;
};

}  // namespace leadlight::policy
