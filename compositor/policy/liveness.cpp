// SPDX-License-Identifier: MIT
#include "compositor/policy/liveness.hpp"

#include <utility>

namespace leadlight::policy {

void Liveness::waiting(Time now) {
    if (!since_) {
        since_ = now;
    }
}

Liveness::Change Liveness::progress(Time now, bool more) {
    since_.reset();
    if (more) {
        since_ = now;
    }
    return std::exchange(responding_, true) ? Change::none : Change::resumed;
}

Liveness::Change Liveness::overflowed() {
    return stop();
}

Liveness::Change Liveness::timer(Time now) {
    const auto due = deadline();
    return due && *due <= now ? stop() : Change::none;
}

std::optional<Time> Liveness::deadline() const {
    if (!responding_ || !since_) {
        return std::nullopt;
    }
    return *since_ + patience;
}

Liveness::Change Liveness::stop() {
    return std::exchange(responding_, false) ? Change::stopped : Change::none;
}

}  // namespace leadlight::policy
