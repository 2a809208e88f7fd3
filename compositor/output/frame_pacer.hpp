// SPDX-License-Identifier: MIT
// Carries out what policy::Pacing decides: which commits go into an output's frame, which windows
// hear that they may draw, and the timer for commits that no frame carries.
#pragma once

#include "compositor/event_source.hpp"
#include "compositor/policy/pacing.hpp"

#include <map>
#include <vector>

struct wlr_output_event_present;

namespace leadlight::compositor {

class GuestWindow;
class Output;
class Server;

class FramePacer {
  public:
    explicit FramePacer(Server& server);

    void output_changed(const Output& output);
    void output_gone(policy::OutputId output);

    void add(GuestWindow& window);
    /// No output: hidden, or on none.
    void place(const GuestWindow& window, policy::OutputId output);
    /// The buffers that it still held.
    std::vector<policy::BufferId> remove(const GuestWindow& window);
    void commit(const GuestWindow& window, std::uint64_t commit, policy::BufferId buffer);

    /// Before and after an output's frame is rendered, and when it is on the glass.
    void begin_frame(const Output& output);
    void rendered(const Output& output);
    void presented(const Output& output, const wlr_output_event_present& event);

  private:
    void apply(const std::vector<policy::Apply>& commits);
    void answer(const std::vector<policy::Answer>& answers);
    void arm() { timer_.set(pacing_.deadline()); }
    void fire();

    Server& server_;
    policy::Pacing pacing_;
    std::map<policy::WindowId, GuestWindow*> windows_;
    Timer timer_;
};

}  // namespace leadlight::compositor
