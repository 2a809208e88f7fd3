// SPDX-License-Identifier: MIT
#include "compositor/guest/page_work.hpp"

#include "compositor/clock.hpp"
#include "shm-grants/mapping.hpp"

#include <algorithm>

namespace leadlight::compositor {

PageWork::PageWork(wl_event_loop* loop) : timer_(loop, [this] { run(); }) {}

// From the loop, never from within the caller: a job's end tells a guest, and may end it.
void PageWork::add(policy::DomainId domain, Job job, std::size_t least) {
    jobs_.add(domain, {std::move(job), least});
    timer_.set(budget_ > 0 ? now() : refilled_ + policy::page_refresh);
}

void PageWork::run() {
    if (const policy::Time time = now(); time - refilled_ >= policy::page_refresh) {
        budget_ = policy::pages_per_refresh;
        refilled_ = time;
    }
    while (!jobs_.empty() && budget_ > 0) {
        auto turn = jobs_.take();
        const std::size_t share = std::min(budget_, grants::PageMapping::slice);
        std::size_t left = share;
        const bool done = turn.job.step(left);
        // A step that took nothing would never end the loop.
        budget_ -= std::min(budget_, std::max(share - left, turn.job.least));
        if (!done) {
            jobs_.put_back(std::move(turn));
        }
    }
    if (!jobs_.empty()) {
        timer_.set(refilled_ + policy::page_refresh);
    }
}

}  // namespace leadlight::compositor
