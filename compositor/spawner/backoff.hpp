// SPDX-License-Identifier: MIT
// When to connect to a domain again. One that broke the protocol or crashed its warden waits twice
// as long each time, so that it cannot make the admin domain fork, map and log at its pleasure
// (rule 7). One that simply is not there is tried at a steady pace: its agent never backs off, and
// the person waits for it. So is one that hangs up, for as often as somebody may start an agent
// anew who tries something out.
#pragma once

#include "compositor/policy/types.hpp"

#include <algorithm>
#include <cstdint>

namespace leadlight::compositor {

enum class LinkEnd : std::uint8_t {
    unreachable,  // nobody listens there
    closed,       // the agent went away, or the link was ended from our side
    violation,    // the guest broke the protocol, or went over what a connection may cost
    crashed,      // the warden ended in a way that it does not end
};

class Backoff {
  public:
    static constexpr policy::Time steady = std::chrono::milliseconds{500};
    static constexpr policy::Time least = std::chrono::milliseconds{250};
    static constexpr policy::Time most = std::chrono::seconds{30};
    static constexpr int most_hung_up = 8;  // in a row, of connections that lasted less than `most`

    /// How long to wait from now on. `lasted`: from hello to the end; zero if hello never came.
    [[nodiscard]] policy::Time after(LinkEnd end, policy::Time lasted) {
        if (lasted > policy::Time{}) {
            in_vain_ = 0;
        }
        if (lasted > most) {
            hung_up_ = 0;
        }
        if (end == LinkEnd::unreachable || end == LinkEnd::closed) {
            // The penalty stays: else a guest clears it by hanging up between two violations.
            const policy::Time pause = std::max(steady, penalty_ / 2);
            if (end == LinkEnd::unreachable || ++hung_up_ <= most_hung_up) {
                return pause;
            }
            return std::clamp(steady * (1 << std::min(hung_up_ - most_hung_up, 16)), pause, most);
        }
        // Who has behaved for that long starts anew: after one crash in a day's work the windows
        // are back at once.
        if (lasted > most) {
            penalty_ = {};
        }
        penalty_ = std::clamp(penalty_ * 2, least, most);
        return penalty_;
    }

    /// Of a guest of Xen, whose server announces itself.
    static constexpr policy::Time same_server_again = std::chrono::seconds{10};
    static constexpr int most_in_vain = 3;
    struct Retry {
        policy::Time pause;
        bool or_at_another_server = false;  // then at once
    };
    /// Nobody was found at what the guest had written: there is nothing to be tried before it
    /// writes something else. One that goes on to write what leads nowhere would have a warden
    /// started each time, so that counts only until it does so once too often.
    [[nodiscard]] Retry after_vain(bool another_server_since) {
        const policy::Time pause = after(LinkEnd::unreachable, {});
        const bool believed = pause <= steady && ++in_vain_ <= most_in_vain;
        return another_server_since && believed
                   ? Retry{pause, false}
                   : Retry{std::max(pause, same_server_again), believed};
    }

  private:
    policy::Time penalty_{};
    int in_vain_ = 0;
    int hung_up_ = 0;
};

}  // namespace leadlight::compositor
