// SPDX-License-Identifier: MIT
// The switcher on the screen: the compositor's own drawing above all windows, on one output.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/switcher.hpp"
#include "compositor/policy/types.hpp"
#include "compositor/scene/scene_owner.hpp"

#include <optional>

struct wlr_scene_buffer;

namespace leadlight::compositor {

class Output;
class Server;

class SwitcherView final : public SceneOwner {
  public:
    SwitcherView(Server& server, const Output& output);
    ~SwitcherView();
    SwitcherView(const SwitcherView&) = delete;
    SwitcherView& operator=(const SwitcherView&) = delete;

    void show(const policy::Switcher& list);
    /// Of the list, under a layout point.
    std::optional<std::size_t> row_at(double layout_x, double layout_y) const;

  private:
    Server& server_;
    policy::OutputId output_;
    wlr_scene_buffer* node_;
    std::size_t first_ = 0, shown_ = 0;
    policy::Point origin_;  // in the layout
};

}  // namespace leadlight::compositor
