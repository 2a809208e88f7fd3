// SPDX-License-Identifier: MIT
// Whether a domain still takes part. One that lets its queue overflow, makes no progress for 2 s
// while something waits to be read, or leaves a ping unanswered for 5 s, is "not responding": it
// loses focus and grabs, so that no key is kept for a guest that may wake up much later, and its
// state is sent anew when it is back.
//
// A ping goes along with input only, and seldom: a domain that nobody uses is never woken for it.
#pragma once

#include "compositor/policy/types.hpp"

#include <optional>

namespace leadlight::policy {

class Liveness {
  public:
    static constexpr Time patience = std::chrono::seconds{2};       // with reading
    static constexpr Time ping_patience = std::chrono::seconds{5};  // with answering
    static constexpr Time ping_interval = std::chrono::seconds{3};

    enum class Change : std::uint8_t {
        none,
        stopped,  // take focus and grabs, clear queued input, say so in the frame
        resumed,  // send all state anew
    };

    /// Something waits to be written. No effect if something did before.
    void waiting(Time now);
    /// Something was written; `more` waits.
    [[nodiscard]] Change progress(Time now, bool more);
    [[nodiscard]] Change overflowed();  // its OutgoingQueue
    /// Input is being sent. True: a ping has to go with it; it counts as sent.
    [[nodiscard]] bool input_sent(Time now);
    /// The ping's answer came.
    [[nodiscard]] Change answered();
    [[nodiscard]] Change timer(Time now);

    std::optional<Time> deadline() const;
    bool responding() const { return reads_ && answers_; }

  private:
    [[nodiscard]] Change now_is(bool reads, bool answers);

    std::optional<Time> unread_since_;
    std::optional<Time> pinged_;  // not answered yet
    std::optional<Time> last_ping_;
    bool reads_ = true;
    bool answers_ = true;
};

}  // namespace leadlight::policy
