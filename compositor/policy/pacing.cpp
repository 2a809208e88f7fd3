// SPDX-License-Identifier: MIT
#include "compositor/policy/pacing.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::policy {

void Pacing::output(OutputId output, Time refresh_period, bool enabled, Time now) {
    auto& entry = outputs_[output];
    entry.period = refresh_period;
    entry.enabled = enabled;
    reschedule(output, now);
}

void Pacing::output_gone(OutputId output, Time now) {
    outputs_.erase(output);
    reschedule(output, now);
}

void Pacing::place(WindowId window, OutputId output, Time now) {
    auto& entry = windows_[window];
    if (entry.output != output) {
        entry.output = output;
        entry.due = due_after(entry, now);
    }
}

std::vector<BufferId> Pacing::remove(WindowId window) {
    auto node = windows_.extract(window);
    if (node.empty()) {
        return {};
    }
    auto& entry = node.mapped();
    if (entry.waiting) {
        uses_.end(entry.waiting->buffer, entry.ended);
    }
    uses_.end(entry.shown, entry.ended);
    return uses_.settle(entry.ended);
}

Pacing::Committed Pacing::commit(WindowId window, std::uint64_t commit, BufferId buffer, Time now) {
    auto& entry = windows_[window];
    uses_.begin(buffer);  // before the end of another use: it may be the same buffer
    if (entry.waiting) {
        uses_.end(entry.waiting->buffer, entry.ended);  // never seen: the last one wins
    }
    entry.waiting = {commit, buffer};
    if (!entry.owed) {
        entry.owed = true;
        entry.due = due_after(entry, now);
    }
    return {.schedule = live_output(entry) != nullptr ? entry.output : OutputId{}};
}

std::vector<Apply> Pacing::begin_frame(OutputId output, Time now) {
    std::vector<Apply> out;
    const auto drawing = outputs_.find(output);
    if (drawing == outputs_.end()) {
        return out;
    }
    drawing->second.last_frame = now;
    for (auto& [id, window] : windows_) {
        // A window that came from another output, or that the timer answered just now, has had its
        // answer for this refresh.
        const bool too_soon =
            window.answered && now - *window.answered < drawing->second.period / 2;
        if (window.output != output || !window.owed || too_soon) {
            continue;
        }
        window.in_frame = true;
        if (window.waiting) {
            out.push_back(apply(id, window));
        }
    }
    return out;
}

std::vector<Answer> Pacing::rendered(OutputId output, Time now) {
    std::vector<Answer> out;
    for (auto& [id, window] : windows_) {
        if (window.in_frame && window.output == output) {
            // Covered or not: `presented` tells as little as `frame`.
            window.rendered_on = output;
            out.push_back(answer(id, window, now));
        }
    }
    return out;
}

std::vector<WindowId> Pacing::presented(OutputId output) {
    std::vector<WindowId> out;
    for (auto& [id, window] : windows_) {
        if (output && window.rendered_on == output) {
            window.rendered_on = {};
            out.push_back(id);
        }
    }
    return out;
}

std::optional<Time> Pacing::deadline() const {
    std::optional<Time> first;
    for (const auto& [id, window] : windows_) {
        if (window.owed && (!first || window.due < *first)) {
            first = window.due;
        }
    }
    return first;
}

Pacing::Timed Pacing::timer(Time now) {
    Timed out;
    for (auto& [id, window] : windows_) {
        if (!window.owed || window.due > now) {
            continue;
        }
        if (window.waiting) {
            out.apply.push_back(apply(id, window));
        }
        out.answers.push_back(answer(id, window, now));
    }
    return out;
}

const Pacing::Output* Pacing::live_output(const Window& window) const {
    const auto found = outputs_.find(window.output);
    return found != outputs_.end() && found->second.enabled ? &found->second : nullptr;
}

// On a grid, so that one waking of the compositor answers all windows that wait: of the output's
// refreshes, a quarter of a period late to leave the answer to the frame itself, or of seconds.
Time Pacing::due_after(const Window& window, Time now) const {
    const Output* const output = live_output(window);
    const Time period = output != nullptr ? output->period : slow;
    const Time grid = output != nullptr ? output->last_frame + period / 4 : Time::zero();
    Time due = grid + ((now - grid) / period + 1) * period;
    if (window.answered && due - *window.answered < period / 2) {
        due += period;  // it came from another grid, and has had its answer
    }
    return due;
}

void Pacing::reschedule(OutputId output, Time now) {
    for (auto& [id, window] : windows_) {
        if (window.output == output) {
            window.due = due_after(window, now);
        }
    }
}

Apply Pacing::apply(WindowId id, Window& window) {
    const auto [commit, buffer] = std::exchange(window.waiting, std::nullopt).value_or(Waiting{});
    uses_.end(std::exchange(window.shown, buffer), window.ended);
    window.applied = commit;
    return {.window = id, .commit = commit, .buffer = buffer};
}

Answer Pacing::answer(WindowId id, Window& window, Time now) {
    window.owed = window.in_frame = false;
    window.answered = now;
    return {.window = id, .commit = window.applied, .released = uses_.settle(window.ended)};
}

}  // namespace leadlight::policy
