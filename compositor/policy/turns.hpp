// SPDX-License-Identifier: MIT
// Work of several domains, done piece by piece: each domain has a queue of its own, and the domains
// take turns. However many jobs one of them has, the next one waits for one piece of it.
#pragma once

#include "compositor/policy/types.hpp"

#include <deque>
#include <map>
#include <utility>

namespace leadlight::policy {

template <typename Job>
class Turns {
  public:
    struct Turn {
        DomainId domain;
        Job job;
    };

    void add(DomainId domain, Job job) { queue_of(domain).push_back(std::move(job)); }
    bool empty() const { return order_.empty(); }
    /// Of a list that is not empty: the first job of the domain whose turn it is.
    [[nodiscard]] Turn take() {
        const DomainId domain = order_.front();
        order_.pop_front();
        const auto found = jobs_.find(domain);
        Turn turn{domain, std::move(found->second.front())};
        found->second.pop_front();
        if (found->second.empty()) {
            jobs_.erase(found);
        } else {
            order_.push_back(domain);
        }
        return turn;
    }
    /// A job that is not done: it goes on when its domain's turn comes again.
    void put_back(Turn turn) { queue_of(turn.domain).push_front(std::move(turn.job)); }

  private:
    std::deque<Job>& queue_of(DomainId domain) {
        auto& queue = jobs_[domain];
        if (queue.empty()) {
            order_.push_back(domain);
        }
        return queue;
    }

    std::map<DomainId, std::deque<Job>> jobs_;  // none is empty
    std::deque<DomainId> order_;                // each domain that has jobs, once
};

}  // namespace leadlight::policy
