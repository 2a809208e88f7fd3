// SPDX-License-Identifier: MIT
//
// Whether a domain still reads what it is told. One that lets its queue overflow, or makes no
// progress for 2 s while something waits, is "not responding": it loses focus and grabs, so that no
// key is kept for a guest that may wake up much later, and its state is sent anew when it reads
// again.
#pragma once

#include "compositor/policy/types.hpp"

#include <optional>

namespace leadlight::policy {

class Liveness {
  public:
    static constexpr Time patience = std::chrono::seconds{2};

    enum class Change : std::uint8_t {
        none,
        stopped,  // take focus and grabs, clear queued input, say so in the frame
        resumed,  // send all state anew
    };

    // Something waits to be written, or for an answer (a ping). No effect if something did before.
    void waiting(Time now);
    // Something was written or answered; `more` waits.
    [[nodiscard]] Change progress(Time now, bool more);
    [[nodiscard]] Change overflowed();  // its OutgoingQueue
    [[nodiscard]] Change timer(Time now);

    [[nodiscard]] std::optional<Time> deadline() const;
    [[nodiscard]] bool responding() const { return responding_; }

  private:
    [[nodiscard]] Change stop();

    std::optional<Time> since_;
    bool responding_ = true;
};

}  // namespace leadlight::policy
