// SPDX-License-Identifier: MIT
// Mapping and unmapping of guests' pages, in slices: 256 pages a step, and in all what
// policy/page_caps.hpp allows a refresh. Domains take turns, and each does its jobs one after the
// other.
#pragma once

#include "compositor/event_source.hpp"
#include "compositor/policy/page_caps.hpp"
#include "compositor/policy/turns.hpp"
#include "compositor/policy/types.hpp"

#include <cstddef>
#include <functional>

namespace leadlight::compositor {

class PageWork {
  public:
    /// Does a step within the budget, from which it takes what it used; true when it is done.
    using Job = std::function<bool(std::size_t& budget)>;

    explicit PageWork(wl_event_loop* loop);
    /// The job may run at once, or later; what it refers to must live until it was done. `least`:
    /// the pages that a step of it counts as at least.
    void add(policy::DomainId domain, Job job, std::size_t least = 1);

  private:
    void run();

    struct Work {
        Job step;
        std::size_t least;
    };
    policy::Turns<Work> jobs_;
    Timer timer_;
    std::size_t budget_ = policy::pages_per_refresh;
    policy::Time refilled_{};
};

}  // namespace leadlight::compositor
