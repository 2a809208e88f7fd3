// SPDX-License-Identifier: MIT
#include "compositor/policy/serial_ledger.hpp"

#include <algorithm>

namespace leadlight::policy {
namespace {

// How far `b` is after `a`, right across the wrap-around.
std::int32_t steps(Serial a, Serial b) {
    return static_cast<std::int32_t>(b.value - a.value);
}

}  // namespace

Serial SerialLedger::issue_unvouched() {
    if (++last_.value == 0) {
        ++last_.value;  // 0 is no serial
    }
    return last_;
}

Serial SerialLedger::issue(Time now) {
    static_cast<void>(issue_unvouched());
    if (written_ == 0 || now - ring_[(written_ - 1) % marks].at >= resolution) {
        ring_[written_ % marks] = {last_, now};
        ++written_;
    }
    return last_;
}

bool SerialLedger::recent(Serial serial, Time now) const {
    if (serial.value == 0 || steps(serial, last_) < 0) {
        return false;  // never sent
    }
    for (std::size_t back = 1; back <= std::min(written_, marks); ++back) {
        const Mark& mark = ring_[(written_ - back) % marks];
        if (steps(mark.first, serial) >= 0) {
            return now - mark.at <= lifetime;
        }
    }
    return false;
}

}  // namespace leadlight::policy
