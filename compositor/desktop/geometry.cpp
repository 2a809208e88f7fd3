// SPDX-License-Identifier: MIT
// Geometry into the scene: what was wished for since the last refresh is settled once, before the
// next frame.
#include "compositor/clock.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/desktop/place_keeper.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/output/frame_pacer.hpp"
#include "compositor/output/output.hpp"
#include "compositor/policy/reorder.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <ranges>

namespace leadlight::compositor {

void Desktop::content_answers(Window& window, std::uint32_t serial, policy::Size size) {
    if (serial != 0) {
        window.sync_.committed(serial);
    }
    adopt_size(window, size);
    touch(window);
}

// A program that draws another size than it was asked for, as terminals do to fit whole characters,
// keeps its choice while nothing else is being asked of it; the frame follows. What is larger than
// before is confined: a guest's choice never reaches past the work area (rule 1).
void Desktop::adopt_size(Window& window, policy::Size size) {
    const policy::Box box = window.content_box();
    if (window.role_ != WindowRole::toplevel || !window.placed_ || window.wish_ ||
        window.states_.maximized || window.states_.fullscreen || box != window.wished_box() ||
        window.sync_.deadline()) {
        return;
    }
    const auto area = area_of(window);
    policy::Box wished{box.x, box.y, std::max(size.width, policy::smallest_content),
                       std::max(size.height, policy::smallest_content)};
    wished = policy::snapped(wished, area);
    if (window.keeps_right_) {
        wished.x = box.right() - wished.width;
    }
    if (window.keeps_bottom_) {
        wished.y = box.bottom() - wished.height;
    }
    if (!box.contains(wished)) {
        wished = policy::confined(wished, window.insets(), area);
    } else if (const auto areas = server_.outputs->areas(); !areas.empty()) {
        // The edge that stays may be one that the person pushed off the screen.
        wished = policy::kept_nameable(wished, window.frame_.name_box(), areas);
    }
    if (wished != box) {
        set_box(window, wished);
    }
}

void Desktop::ask_configure(Window& window) {
    window.configure_due_ = true;
    if (window.mapped_) {
        touch(window);
    } else {
        settle_window(window);  // it is not on the screen: nothing to wait for
    }
}

void Desktop::touch(Window& window) {
    if (!std::exchange(window.touched_, true)) {
        touched_.push_back(&window);
    }
    Output* output = server_.outputs->find(window.output_);
    if (!output) {
        const auto all = server_.outputs->all();
        output = all.empty() ? nullptr : all.front();
    }
    if (output) {
        output->schedule_frame();
    } else {
        settle_timer_.set(now() + std::chrono::milliseconds{16});
    }
}

void Desktop::settle() {
    server_.ledger.refresh(now());
    if (listener_) {
        listener_->before_frame();
    }
    const auto touched = std::exchange(touched_, {});
    for (Window* window : touched) {
        window->touched_ = false;
    }
    // A guest that retitles or resizes all its windows at every refresh would cost the desktop its
    // frame rate: a few of a domain's are done now, the others with the next frames, in turn.
    for (Window* window : touched) {
        if (window->is_guest() && window->mapped_ && !server_.ledger.take_layout(window->domain_)) {
            touch(*window);
        } else {
            settle_window(*window);
        }
    }
    restack();
    std::optional<policy::Time> due;
    for (const Window* window : resizing_) {
        if (const auto at = window->sync_.deadline(); at && (!due || *at < *due)) {
            due = at;
        }
    }
    sync_timer_.set(due);
    server_.outputs->settled();
    if (!touched.empty()) {
        server_.places->changed();
    }
}

void Desktop::settle_window(Window& window) {
    if (!window.placed_) {
        // No content yet, so no place: it is told what it asked to be, and the size of that.
        if (std::exchange(window.configure_due_, false)) {
            window.send_configure(filled_box(window, first_area(window)).value_or(policy::Box{}));
        }
        return;
    }
    window.sync_.timer(now());
    const policy::Box wished = window.target_box();
    window.wish_.reset();
    const bool resized = wished.size() != window.wished_box().size();
    std::uint32_t serial = 0;
    if (resized || window.configure_due_) {
        window.configure_due_ = false;
        serial = window.send_configure(wished);
    }
    window.sync_.wish(wished, serial, now());
    if (window.sync_.deadline()) {
        resizing_.insert(&window);
    } else {
        resizing_.erase(&window);
    }
    if (window.mapped_) {
        lay_out(window);
        if (std::exchange(window.waits_for_layout_, false)) {
            set_visible(window);
            window.appeared();
        }
    }
    // The person's drag may have taken it to another output. If its own has gone, outputs_changed()
    // is about to move it, and must find it where it was.
    if (window.role_ == WindowRole::toplevel && server_.outputs->find(window.output_)) {
        if (const auto areas = server_.outputs->areas(); !areas.empty()) {
            const policy::Scale scale = window.scale_;
            rehome(window, policy::home_of(window.frame_box(), areas));
            if (window.mapped_) {
                carry_satellites(window);
            }
            if (scale != window.scale_) {
                touch(window);
            }
        }
    }
}

// The tree is disabled while several of its nodes change: wlr_scene works out visibility anew at
// each, over all nodes there are.
void Desktop::lay_out(Window& window) {
    window.take_title();
    const policy::Box& box = window.content_box();
    // Whoever changed the box: the person or its guest, now or with a commit before.
    const bool moved =
        window.laid_out_.origin != box.origin() || window.laid_out_.size != box.size();
    policy::Point origin{0, 0};
    if (window.role_ != WindowRole::toplevel && !window.carried_) {
        // Where that stands in the scene, and not where it is about to go: it takes its own along.
        if (const Window* parent = parent_of(window)) {
            origin = parent->seen_box().origin();
        }
    }
    wlr_scene_node_set_position(&window.tree_->node, static_cast<int>(box.x - origin.x),
                                static_cast<int>(box.y - origin.y));
    carry_satellites(window);
    const bool rescaled = window.scale_ != window.laid_out_.scale;
    const bool resized = box.size() != window.laid_out_.size || rescaled;
    if (moved) {
        scene_changed();
    }
    if (!resized && !window.frame_.dirty()) {
        return;
    }
    if (resized) {
        wlr_scene_node_set_enabled(&window.tree_->node, false);
        window.laid_out_.size = box.size();
        window.laid_out_.scale = window.scale_;
        window.fit_content();
        // The button under the pointer is another one now, or none: the next motion tells.
        window.frame_.set_hovered(theming::FramePart::outside);
    }
    if (window.frame_.lay_out(box.size(), window.scale_, server_.painter())) {
        ++server_.statistics.title_bars_painted;
    }
    if (resized) {
        set_visible(window);
        if (listener_) {
            listener_->content_fitted(window);
        }
    }
    if (const int room = window.frame_.title_room();
        (room != window.title_room_ || rescaled) && window.role_ == WindowRole::toplevel) {
        window.title_room_ = room;
        window.title_room_changed(room);
    }
}

// Popups and unmanaged windows stand in their parent's tree and move with it on the screen. Where
// they are, for input and for the next layout, has to follow; and none may be taken past the edge
// of the work area by it (rule 1).
void Desktop::carry_satellites(Window& window) {
    const policy::Point origin = window.content_box().origin();
    const policy::Point before = std::exchange(window.laid_out_.origin, origin).value_or(origin);
    if (!std::exchange(window.satellites_due_, false) && origin == before) {
        return;
    }
    for (const auto id : stacking_.branch(window.id_)) {
        Window* satellite = find(id);
        if (satellite->role_ != WindowRole::toplevel && satellite->placed_ &&
            !satellite->carried_ && parent_of(*satellite) == &window) {
            follow_parent(*satellite, window, before);
        }
    }
}

// At once: what was asked for with new content does not wait for it. Its guest hears of it if it
// lies differently on its parent now, or is of another size.
void Desktop::follow_parent(Window& satellite, const Window& parent, policy::Point before) {
    const policy::Point origin = parent.content_box().origin();
    const policy::Box was = satellite.target_box();
    rehome(satellite, parent.output_, parent.scale_);
    const policy::Box place = satellite.satellite_place();
    if (place != was.moved(origin.x - before.x, origin.y - before.y)) {
        satellite.configure_due_ = true;
    }
    satellite.wish_.reset();
    set_box(satellite, place);
    settle_window(satellite);
}

// Each move makes wlr_scene work out anew what is to be seen. As few are moved as can be, so that
// whoever changed its place is charged with it: no other has to make way.
void Desktop::restack() {
    if (!std::exchange(stack_changed_, false)) {
        return;
    }
    std::map<const Window*, std::size_t> lies;
    for (std::size_t i = 0; i < scene_order_.size(); ++i) {
        lies[scene_order_[i]] = i;
    }
    std::vector<Window*> wanted;
    std::vector<std::size_t> places;
    for (const auto id : stacking_.order()) {
        if (Window* window = find(id); window && window->role_ == WindowRole::toplevel) {
            wanted.push_back(window);
            places.push_back(lies.at(window));
        }
    }
    const auto stays = policy::staying(places);
    for (std::size_t i = wanted.size(); i-- > 0;) {
        if (stays[i]) {
            continue;
        }
        const policy::Time start = now();
        wlr_scene_node* node = &wanted[i]->tree_->node;
        if (i + 1 == wanted.size()) {
            wlr_scene_node_raise_to_top(node);
        } else {
            wlr_scene_node_place_below(node, &wanted[i + 1]->tree_->node);
        }
        server_.ledger.spend(wanted[i]->domain_, now() - start);
    }
    scene_order_ = std::move(wanted);
    scene_changed();
}

}  // namespace leadlight::compositor
