// SPDX-License-Identifier: MIT
// Outputs come and go: windows move to one that is left, wholly inside its work area, and back when
// theirs returns.
#include "compositor/desktop/desktop.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>

namespace leadlight::compositor {

namespace {

bool same_room(const policy::OutputArea& a, const policy::OutputArea& b) {
    return a.work.size() == b.work.size() && a.scale == b.scale;
}

// Exactly where it was if the output is what it was: the person may have pushed it past an edge.
policy::Box back_at(const policy::Box& box, const policy::Insets& insets,
                    const policy::OutputArea& from, const policy::OutputArea& to) {
    return same_room(from, to) ? box.moved(to.work.x - from.work.x, to.work.y - from.work.y)
                               : policy::rehomed(box, insets, from, to);
}

}  // namespace

void Desktop::outputs_changed() {
    const auto before = std::exchange(known_outputs_, {});
    for (const Output* output : server_.outputs->all()) {
        known_outputs_[output->id()] = {output->area(), output->wlr()->name};
    }
    const bool lost = std::ranges::any_of(
        before, [&](const auto& known) { return !known_outputs_.contains(known.first); });
    if (lost) {
        dismiss_popups();  // placed for an output that is not there
    }
    for (const auto& [id, window] : windows_) {
        window->satellites_due_ = true;  // its work area may be another, though it stays
        window->output_changed();
        if (window->role_ == WindowRole::toplevel && window->placed_) {
            follow_outputs(*window, before);
        }
    }
}

void Desktop::follow_outputs(Window& window, const KnownOutputs& before) {
    const policy::Box box = window.target_box();
    const auto old = before.find(window.output_);
    const auto same = known_outputs_.find(window.output_);
    if (old != before.end() && same == known_outputs_.end() && !window.displaced_) {
        window.displaced_ = Window::Displaced{.output = old->second.name,
                                              .area = old->second.area,
                                              .box = box,
                                              .restore = window.restore_box_};
    }
    const auto areas = server_.outputs->areas();
    if (areas.empty()) {
        window.output_ = {};
        pace(window);
        return;
    }
    const auto home = std::ranges::find_if(known_outputs_, [&](const auto& known) {
        return window.displaced_ && known.second.name == window.displaced_->output;
    });
    if (home != known_outputs_.end()) {
        const policy::OutputArea& area = home->second.area;
        const Window::Displaced was = *std::exchange(window.displaced_, {});
        window.restore_box_ = back_at(was.restore, window.insets(), was.area, area);
        move_to(window, back_at(was.box, window.insets(), was.area, area), area);
        return;
    }
    const policy::OutputArea target = same != known_outputs_.end()
                                          ? same->second.area
                                          : policy::home_of(window.frame_box(), areas);
    // Without any output before this one, it is where it was on the last that there was.
    const policy::OutputArea* from = old != before.end() ? &old->second.area
                                     : window.displaced_ ? &window.displaced_->area
                                                         : nullptr;
    if (!from) {
        // It opened, or came back, while there was none: it was never cut to a screen.
        if (!window.restore_box_.empty()) {
            window.restore_box_ = policy::confined(window.restore_box_, window.insets(), target);
        }
        return move_to(window, policy::confined(box, window.insets(), target), target);
    }
    if (same != known_outputs_.end() && from->whole == target.whole && from->work == target.work &&
        from->scale == target.scale) {
        return move_to(window, box, target);
    }
    window.restore_box_ = policy::rehomed(window.restore_box_, window.insets(), *from, target);
    move_to(window, policy::rehomed(box, window.insets(), *from, target), target);
}

void Desktop::move_to(Window& window, const policy::Box& box, const policy::OutputArea& area) {
    const policy::Box wished = filled_box(window, area).value_or(box);
    if (wished != window.target_box()) {
        window.wish_ = wished;
    }
    rehome(window, area);
    touch(window);
}

}  // namespace leadlight::compositor
