// SPDX-License-Identifier: MIT
#include "compositor/policy/liveness.hpp"

#include <algorithm>

namespace leadlight::policy {

void Liveness::waiting(Time now) {
    if (!unread_since_) {
        unread_since_ = now;
    }
}

Liveness::Change Liveness::progress(Time now, bool more) {
    unread_since_.reset();
    if (more) {
        unread_since_ = now;
    }
    return now_is(true, answers_);
}

Liveness::Change Liveness::overflowed() {
    return now_is(false, answers_);
}

bool Liveness::input_sent(Time now) {
    if (pinged_ || (last_ping_ && now - *last_ping_ < ping_interval)) {
        return false;
    }
    pinged_ = last_ping_ = now;
    return true;
}

Liveness::Change Liveness::answered() {
    pinged_.reset();
    return now_is(reads_, true);
}

Liveness::Change Liveness::timer(Time now) {
    const bool unread = unread_since_ && *unread_since_ + patience <= now;
    const bool unanswered = pinged_ && *pinged_ + ping_patience <= now;
    return now_is(reads_ && !unread, answers_ && !unanswered);
}

std::optional<Time> Liveness::deadline() const {
    std::optional<Time> due;
    if (reads_ && unread_since_) {
        due = *unread_since_ + patience;
    }
    if (answers_ && pinged_) {
        const Time answer = *pinged_ + ping_patience;
        due = due ? std::min(*due, answer) : answer;
    }
    return due;
}

Liveness::Change Liveness::now_is(bool reads, bool answers) {
    const bool before = responding();
    reads_ = reads;
    answers_ = answers;
    if (before == responding()) {
        return Change::none;
    }
    return before ? Change::stopped : Change::resumed;
}

}  // namespace leadlight::policy
