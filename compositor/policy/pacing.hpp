// SPDX-License-Identifier: MIT
// When a guest's commit reaches the screen, and when the guest hears that it may draw the next.
//
// A commit waits for its output's next frame and is applied there, the last one of each window. It
// is answered with `frame`, and with the buffers that it replaced, as soon as that frame is
// *rendered*: waiting until it is presented would halve the rate of two animating windows, since
// each would find the output busy with the other's frame. A commit that no output frame carries is
// answered by a timer, at the refresh rate while its window is placed on an enabled output, covered
// or not (a guest must not learn what covers it), and once a second otherwise.
//
// The caller, for a frame of an output: begin_frame(), do what it says, render, then rendered().
// When the flip is done: presented(). It calls timer() at deadline().
#pragma once

#include "compositor/policy/buffer_uses.hpp"
#include "compositor/policy/types.hpp"

#include <map>
#include <optional>
#include <vector>

namespace leadlight::policy {

/// The window's commit of this number is to be shown now: its buffer, damage and geometry.
struct Apply {
    WindowId window;
    std::uint64_t commit;
    BufferId buffer;  // none: unmapped
};

/// `frame`, and `release` for each buffer.
struct Answer {
    WindowId window;
    std::uint64_t commit;  // the last one answered
    std::vector<BufferId> released;
};

class Pacing {
  public:
    static constexpr Time slow = std::chrono::seconds{1};

    struct Committed {
        OutputId schedule;  // that output must draw a frame; none: the timer will answer
    };
    struct Timed {
        std::vector<Apply> apply;  // first
        std::vector<Answer> answers;
    };

    /// The period is above 0.
    void output(OutputId output, Time refresh_period, bool enabled, Time now);
    void output_gone(OutputId output, Time now);

    /// Where the window is placed; no output: hidden, or locked away.
    void place(WindowId window, OutputId output, Time now);
    /// The buffers to release: the caller has taken the window from the scene before.
    [[nodiscard]] std::vector<BufferId> remove(WindowId window);

    /// `commit` counts up per window.
    [[nodiscard]] Committed commit(WindowId window, std::uint64_t commit, BufferId buffer,
                                   Time now);

    [[nodiscard]] std::vector<Apply> begin_frame(OutputId output, Time now);
    [[nodiscard]] std::vector<Answer> rendered(OutputId output, Time now);
    /// Windows whose last rendered commit is on the glass now.
    [[nodiscard]] std::vector<WindowId> presented(OutputId output);

    std::optional<Time> deadline() const;
    [[nodiscard]] Timed timer(Time now);

  private:
    struct Waiting {
        std::uint64_t commit = 0;
        BufferId buffer;
    };
    struct Window {
        OutputId output;
        std::optional<Waiting> waiting;  // committed, not applied
        std::uint64_t applied = 0;       // the number of the commit shown
        BufferId shown;
        bool owed = false;      // `frame`, for what is waiting or was applied since the last
        Time due{};             // while owed: when the timer answers
        bool in_frame = false;  // the frame that its output draws now will answer it
        OutputId rendered_on;   // and is not presented there yet
        std::optional<Time> answered;
        std::vector<BufferId> ended;  // to be released with the answer
    };
    struct Output {
        Time period{};
        bool enabled = false;
        Time last_frame{};
    };

    const Output* live_output(const Window& window) const;
    Time due_after(const Window& window, Time now) const;
    void reschedule(OutputId output, Time now);
    [[nodiscard]] Apply apply(WindowId id, Window& window);
    [[nodiscard]] Answer answer(WindowId id, Window& window, Time now);

    std::map<WindowId, Window> windows_;
    std::map<OutputId, Output> outputs_;
    BufferUses uses_;
};

}  // namespace leadlight::policy
