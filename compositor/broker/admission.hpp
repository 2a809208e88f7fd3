// SPDX-License-Identifier: MIT
// Whose compositor leadlightd serves: the one of the person who sits at the machine, and only one.
// Pure.
#pragma once

#include "protocol/broker_records.hpp"

#include <optional>
#include <string>

#include <sys/types.h>

namespace leadlight::broker {

/// Who asks, or who has the seat: a user in a session of logind's. No session: the administrator
/// named the user, and it counts alone.
struct Person {
    uid_t user = 0;
    std::string session;
    bool operator==(const Person&) const = default;
};

enum class Admission : std::uint8_t {
    serve,
    serve_instead,  // of the one that is served now
    not_the_active_session,
    another_is_served,
};

/// `active`: who has the seat, if anyone. `served`: whose compositor is served now. Sessions count,
/// and not users alone: what runs on for a user, or came over the network, has no seat.
inline Admission admit(const Person& peer, const std::optional<Person>& active,
                       const std::optional<Person>& served) {
    if (!active || peer != *active) {
        return Admission::not_the_active_session;
    }
    if (!served) {
        return Admission::serve;
    }
    // A second one of the same person's is not a compositor that came back: that one's socket would
    // have been closed. Of another session's, the seat decides.
    return *served == peer ? Admission::another_is_served : Admission::serve_instead;
}

}  // namespace leadlight::broker
