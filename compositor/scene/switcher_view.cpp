// SPDX-License-Identifier: MIT
#include "compositor/scene/switcher_view.hpp"

#include "compositor/output/output.hpp"
#include "compositor/scene/bitmap_node.hpp"
#include "compositor/server.hpp"
#include "theming/switcher.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <cmath>

namespace leadlight::compositor {

namespace {

theming::SwitcherGeometry geometry_of(const policy::OutputArea& area) {
    const policy::Size room = area.scale.to_physical(area.work.size());
    return {static_cast<int>(room.width), static_cast<int>(room.height),
            theming::Scale(area.scale.in_120ths())};
}

}  // namespace

SwitcherView::SwitcherView(Server& server, const Output& output)
    : SceneOwner(Kind::trusted), server_(server), output_(output.id()),
      node_(create_bitmap_node(server.layers.trusted)) {
    node_->node.data = static_cast<SceneOwner*>(this);
}

SwitcherView::~SwitcherView() {
    wlr_scene_node_destroy(&node_->node);
}

void SwitcherView::show(const policy::Switcher& list) {
    const Output* output = server_.outputs->find(output_);
    if (!output) {
        return;  // taken away meanwhile; the keys still choose
    }
    const policy::OutputArea& area = output->area();
    const auto geometry = geometry_of(area);
    const theming::Scale scale(area.scale.in_120ths());
    const auto& windows = list.windows();
    first_ = list.first_row(geometry.most_rows());
    shown_ = std::min(geometry.most_rows(), windows.size() - first_);
    theming::SwitcherPicture picture{.rows = {},
                                     .selected = list.selected_row() - first_,
                                     .more_above = first_ > 0,
                                     .more_below = first_ + shown_ < windows.size()};
    for (std::size_t row = first_; row < first_ + shown_; ++row) {
        if (Window* window = server_.desktop->find(windows[row])) {
            picture.rows.push_back({.identity = window->identity(),
                                    .title = window->frame().title(),
                                    .attention = window->wants_attention(),
                                    .minimized = window->states().minimized});
        }
    }
    theming::Bitmap bitmap = theming::paint_switcher(server_.painter(), picture, geometry, scale);
    // On the grid, so that its pixels are the screen's.
    const policy::Size size = area.scale.to_logical(policy::Size{bitmap.width, bitmap.height});
    origin_ = policy::snapped({area.work.x + (area.work.width - size.width) / 2,
                               area.work.y + (area.work.height - size.height) / 2, size.width,
                               size.height},
                              area)
                  .origin();
    wlr_scene_node_set_position(&node_->node, static_cast<int>(origin_.x),
                                static_cast<int>(origin_.y));
    set_bitmap(node_, std::move(bitmap), static_cast<int>(size.width),
               static_cast<int>(size.height));
}

std::optional<std::size_t> SwitcherView::row_at(double layout_x, double layout_y) const {
    const Output* output = server_.outputs->find(output_);
    if (!output) {
        return std::nullopt;
    }
    const double scale = output->area().scale.in_120ths() / 120.0;
    const auto pixels = [scale](double at, policy::Coordinate origin) {
        return static_cast<int>(std::floor((at - static_cast<double>(origin)) * scale));
    };
    const auto row =
        geometry_of(output->area())
            .row_at({pixels(layout_x, origin_.x), pixels(layout_y, origin_.y)}, shown_);
    return row ? std::optional(first_ + *row) : std::nullopt;
}

}  // namespace leadlight::compositor
