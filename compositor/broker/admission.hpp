// SPDX-License-Identifier: MIT
// Whose compositor leadlightd serves: the one of the person who sits at the machine, and only one.
// Pure.
#pragma once

#include "protocol/broker_records.hpp"

#include <optional>

#include <sys/types.h>

namespace leadlight::broker {

enum class Admission : std::uint8_t {
    serve,
    serve_instead,  // of the one that is served now
    not_the_active_session,
    another_is_served,
};

/// `active`: whose session has the seat, if any. `served`: whose compositor is served now.
constexpr Admission admit(uid_t peer, std::optional<uid_t> active, std::optional<uid_t> served) {
    if (!active || peer != *active) {
        return Admission::not_the_active_session;
    }
    if (!served) {
        return Admission::serve;
    }
    // A second one of the same person's is not a compositor that came back: that one's socket would
    // have been closed. Of another person's, the seat decides.
    return *served == peer ? Admission::another_is_served : Admission::serve_instead;
}

}  // namespace leadlight::broker
