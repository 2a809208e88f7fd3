// SPDX-License-Identifier: MIT
#include "compositor/output/frame_pacer.hpp"

#include "compositor/guest/guest_window.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::compositor {

FramePacer::FramePacer(Server& server) : server_(server), timer_(server.loop, [this] { fire(); }) {}

void FramePacer::output_changed(const Output& output) {
    const policy::Time period{1'000'000'000'000 / output.refresh()};
    pacing_.output(output.id(), period, output.wlr()->enabled, now());
    arm();
}

void FramePacer::output_gone(policy::OutputId output) {
    pacing_.output_gone(output, now());
    arm();
}

void FramePacer::add(GuestWindow& window) {
    windows_[window.id()] = &window;
    place(window, window.output());  // a popup is on its window's from the beginning
}

void FramePacer::place(const GuestWindow& window, policy::OutputId output) {
    pacing_.place(window.id(), output, now());
    arm();
}

std::vector<policy::BufferId> FramePacer::remove(const GuestWindow& window) {
    windows_.erase(window.id());
    auto released = pacing_.remove(window.id());
    arm();
    return released;
}

void FramePacer::commit(const GuestWindow& window, std::uint64_t commit, policy::BufferId buffer) {
    const auto committed = pacing_.commit(window.id(), commit, buffer, now());
    if (Output* output = server_.outputs->find(committed.schedule)) {
        output->schedule_frame();
    }
    arm();
}

void FramePacer::begin_frame(const Output& output) {
    apply(pacing_.begin_frame(output.id(), now()));
}

void FramePacer::rendered(const Output& output) {
    answer(pacing_.rendered(output.id(), now()));
    arm();
}

void FramePacer::presented(const Output& output, const wlr_output_event_present& event) {
    for (const auto id : pacing_.presented(output.id())) {
        if (const auto found = windows_.find(id); found != windows_.end()) {
            found->second->presented(to_time(*event.when), event.refresh, event.seq,
                                     (event.flags & WLR_OUTPUT_PRESENT_VSYNC) != 0);
        }
    }
}

void FramePacer::apply(const std::vector<policy::Apply>& commits) {
    for (const auto& each : commits) {
        if (const auto found = windows_.find(each.window); found != windows_.end()) {
            found->second->apply();
            ++server_.statistics.commits;
        }
    }
}

void FramePacer::answer(const std::vector<policy::Answer>& answers) {
    for (const auto& each : answers) {
        if (const auto found = windows_.find(each.window); found != windows_.end()) {
            found->second->answered(each.released);
            ++server_.statistics.frames_sent;
        }
    }
}

void FramePacer::fire() {
    const auto due = pacing_.timer(now());
    apply(due.apply);
    if (!due.apply.empty()) {
        server_.desktop->settle();
    }
    answer(due.answers);
    arm();
}

}  // namespace leadlight::compositor
