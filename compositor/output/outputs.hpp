// SPDX-License-Identifier: MIT
// The outputs: hot-plug, modes, scales and places by the configuration, and what the trusted bars
// on them say.
#pragma once

#include "compositor/config/config.hpp"
#include "compositor/event_source.hpp"
#include "compositor/policy/placement.hpp"
#include "compositor/policy/types.hpp"
#include "wlr-headers/listener.hpp"

#include <memory>
#include <string>
#include <vector>

struct wlr_output;

namespace leadlight::compositor {

class Output;
class Server;

class Outputs {
  public:
    explicit Outputs(Server& server);
    ~Outputs();

    std::vector<Output*> all() const;
    Output* find(policy::OutputId id) const;
    /// The output under a layout point, or null.
    Output* at(double layout_x, double layout_y) const;
    Output* of(const wlr_output* output) const;
    std::vector<policy::OutputArea> areas() const;

    /// Scales, modes and places; for those that are there too.
    void configure(std::vector<OutputConfig> outputs, std::uint32_t scale);
    /// Of compositor/shell/: what panels leave free, relative to the output. It is cut to what the
    /// trusted bar leaves; no panel gets above that.
    void set_work_area(Output& output, const policy::Box& usable);
    /// The trusted bars' words, such as "move"; empty in normal mode. `keys_nowhere`: they go to no
    /// window now, whichever has the focus.
    void set_mode_text(const std::string& text, bool keys_nowhere);
    /// Keys go to something that is no window, a panel of the admin domain: the bars name its owner
    /// instead of the focused window's.
    void set_keys_to(std::optional<theming::Identity> identity);
    /// The domain whose chip in a bar is at that point, of those that ask for attention; none just
    /// after the chips changed, so that none slips under a press that was meant for another.
    policy::DomainId asking_at(double layout_x, double layout_y) const;
    /// All bars anew, with the next frame: focus or a label changed.
    void repaint_bars();

    /// The desktop settled: of Desktop, before each frame.
    void settled();

    // Of Output.
    void layout_changed();
    void remove(Output& output);

  private:
    void add(wlr_output* output);
    void apply(Output& output, const OutputConfig* config);
    void update();
    void paint_bars();

    Server& server_;
    std::vector<std::unique_ptr<Output>> outputs_;
    std::vector<OutputConfig> configs_;
    std::uint32_t default_scale_ = 120;
    std::string mode_;
    bool keys_nowhere_ = false;
    std::optional<theming::Identity> keys_to_;
    std::vector<policy::DomainId> asking_;  // as painted
    policy::Time asking_since_{};
    policy::Time bars_painted_{};
    Listener<wlr_output> new_output_;
    Timer update_timer_;
    Timer bar_timer_;
    Timer clock_timer_;
    std::uint64_t last_id_ = 0;
    std::size_t added_ = 0;
};

}  // namespace leadlight::compositor
