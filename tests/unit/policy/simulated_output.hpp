// SPDX-License-Identifier: MIT
// An output whose flips come at the next vblank, as wlroots drives one: `frame` at once when it is
// idle, else in the handler of the flip, and never a second commit while one waits for its vblank.
// With it guests that draw for a while after each `frame` and commit again.
#pragma once

#include "compositor/policy/pacing.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace leadlight::policy::test {

class SimulatedOutput {
  public:
    static constexpr OutputId id{1};
    static constexpr Time period{16'666'667};

    /// `answer_when_presented`: hold back each answer until the flip, which is what Pacing avoids.
    explicit SimulatedOutput(bool answer_when_presented = false)
        : answer_when_presented_(answer_when_presented) {
        pacing.output(id, period, true, Time::zero());
    }

    /// A window that commits `drawing` after each `frame`, first at `start`.
    void animate(WindowId window, Time drawing, Time start, OutputId on = id) {
        pacing.place(window, on, Time::zero());
        guests_[window] = {.drawing = drawing, .commits_at = start};
    }

    /// Frames of each window that reached the glass, and answers of each.
    std::map<WindowId, int> shown, answered;

    void run_until(Time end) {
        for (;;) {
            const Time vblank = (now_ / period + 1) * period;
            Time next = flip_waits_ ? vblank : end;
            if (const auto due = pacing.deadline(); due && *due < next) {
                next = *due;
            }
            for (const auto& [window, guest] : guests_) {
                if (guest.commits_at && *guest.commits_at < next) {
                    next = *guest.commits_at;
                }
            }
            if (next >= end) {
                return;
            }
            now_ = std::max(now_, next);
            advance(flip_waits_ && next == vblank);
        }
    }

    Pacing pacing;

  private:
    struct Guest {
        Time drawing{};
        std::optional<Time> commits_at;
        std::uint64_t commits = 0;
    };

    void advance(bool flip) {
        if (flip) {
            flip_waits_ = false;
            for (const auto window : pacing.presented(id)) {
                ++shown[window];
            }
            hear(std::exchange(held_, {}));
            draw_frame();  // wlroots: `present`, then `frame`, in one handler
            return;
        }
        hear(pacing.timer(now_).answers);
        for (auto& [window, guest] : guests_) {
            if (guest.commits_at && *guest.commits_at <= now_) {
                guest.commits_at.reset();
                const auto committed = pacing.commit(window, ++guest.commits,
                                                     {window.value * 10 + guest.commits % 2}, now_);
                if (committed.schedule == id && !flip_waits_) {
                    draw_frame();
                }
            }
        }
    }

    void draw_frame() {
        if (pacing.begin_frame(id, now_).empty()) {
            return;  // no damage: nothing is rendered, no flip comes
        }
        flip_waits_ = true;
        auto answers = pacing.rendered(id, now_);
        if (answer_when_presented_) {
            held_ = std::move(answers);
        } else {
            hear(answers);
        }
    }

    void hear(const std::vector<Answer>& answers) {
        for (const auto& answer : answers) {
            ++answered[answer.window];
            auto& guest = guests_[answer.window];
            guest.commits_at = now_ + guest.drawing;
        }
    }

    std::map<WindowId, Guest> guests_;
    std::vector<Answer> held_;
    Time now_{};
    bool flip_waits_ = false;
    bool answer_when_presented_;
};

}  // namespace leadlight::policy::test
