// SPDX-License-Identifier: MIT
#include "guest-agent/window.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/edges.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::agent {

Window::Window(Agent& agent)
    : agent_(agent), buffers_(agent.pools(), agent.connection(), agent.ids()) {
    agent_.windows().add(*this);
}

Window::~Window() {
    withdraw();
    agent_.surfaces().clear_user(this);
    agent_.windows().remove(*this);
}

void Window::want() {
    wanted_ = true;
    connected();
}

void Window::connected() {
    if (!wanted_ || id_ || !agent_.welcomed()) {
        return;
    }
    if (parent() != nullptr && !parent()->id()) {
        return;
    }
    id_ = *protocol::WindowId::from(agent_.ids().window++);
    limits_ = {.window = *id_};
    // A configure of an earlier announcement means nothing to who hears of this one.
    to_answer_ = 0;
    announce(*id_);
    agent_.windows().announced(*this);
    tell_idle();
    for (Window* other : agent_.windows().all()) {
        other->other_announced(*this);
    }
    // An input method's popups may be older than the window that they are shown on.
    for (Window* child : agent_.windows().children_of(*this)) {
        child->connected();
    }
    // It may have content already, and a program that waits for its frame would not speak again.
    present();
}

void Window::withdraw() {
    wanted_ = false;
    if (!id_) {
        return;
    }
    for (Window* child : agent_.windows().children_of(*this)) {
        child->withdraw();
    }
    // The buffers may go first: the window is not to be shown any more.
    agent_.connection().send(protocol::WindowDestroy{*id_});
    keep_content();
    buffers_.destroy_all();
    connection_lost();
    if (!refused_) {
        agent_.windows().try_one_more();
    }
}

void Window::connection_lost() {
    keep_content();
    id_.reset();
    hidden_ = false;
    inhibits_idle_ = false;
    in_flight_ = false;
    buffers_.forget();
    forget_shown();
    in_flight_feedback_.clear();
    drawn_feedback_.clear();
}

void Window::forget_shown() {
    plain_ = nullptr;
    shown_.clear();
    shown_width_ = shown_height_ = 0;
}

void Window::refused() {
    // window_destroy acknowledges it, and makes no room for another one.
    refused_ = true;
    withdraw();
    refused_ = false;
    if (parent() == nullptr) {
        wanted_ = true;
    } else {
        dismiss();
    }
}

void Window::configured(const protocol::Configure& configure) {
    if (follows_scale()) {
        scale_ = WindowScale(configure.scale);
    }
    if (surface() != nullptr) {
        tell_output();
    }
    const bool moved = x_ != configure.x || y_ != configure.y;
    x_ = configure.x;
    y_ = configure.y;
    apply(configure);
    if (moved && id_ && surface() != nullptr && surface()->mapped && lets_through(arrange())) {
        // Something else shows through there.
        shown_width_ = shown_height_ = 0;
        present();
    }
}

void Window::assume_scale() {
    scale_ = agent_.output().scale();
    tell_output();
}

void Window::tell_output() {
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int, int, void* data) {
            static_cast<const Window*>(data)->tell_output(wl);
        },
        this);
}

void Window::tell_output(wlr_surface* wl) const {
    // Each of these is silent when nothing changed.
    wlr_fractional_scale_v1_notify_scale(wl, scale_.factor());
    wlr_surface_set_preferred_buffer_scale(wl, scale_.whole());
    wlr_surface_send_enter(wl, follows_scale() ? agent_.output().wl() : agent_.output().unscaled());
}

void Window::kill() {
    if (surface() != nullptr) {
        wl_client_destroy(wl_resource_get_client(surface()->resource));
    }
}

void Window::take_keyboard(wlr_seat* seat, const wlr_keyboard& keyboard) {
    // A gain starts with no key down (rule 4). Not by way of a menu's grab, which would drop it.
    wlr_seat_keyboard_enter(seat, surface(), nullptr, 0, &keyboard.modifiers);
}

void Window::ask_move(protocol::Serial serial) {
    if (id_ && parent() == nullptr && serial != 0) {
        agent_.connection().send(protocol::MoveRequest{*id_, serial});
    }
}

void Window::ask_resize(protocol::Serial serial, protocol::Flags<protocol::Edge> edges) {
    if (id_ && parent() == nullptr && serial != 0 && can_resize(edges)) {
        agent_.connection().send(protocol::ResizeRequest{*id_, serial, edges});
    }
}

void Window::tell_limits(protocol::SizeLimits limits) {
    // The admin domain ends the connection at a maximum below the minimum.
    if (limits.max_width != 0 && limits.max_width < limits.min_width) {
        limits.max_width = limits.min_width;
    }
    if (limits.max_height != 0 && limits.max_height < limits.min_height) {
        limits.max_height = limits.min_height;
    }
    if (limits != std::exchange(limits_, limits)) {
        agent_.connection().send(limits);
    }
}

void Window::tell_idle() {
    if (!id_ || surface() == nullptr) {
        return;
    }
    struct Walk {
        Surfaces& surfaces;
        bool inhibits;
    } walk{agent_.surfaces(), false};
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int, int, void* data) {
            auto& [surfaces, inhibits] = *static_cast<Walk*>(data);
            inhibits = inhibits || surfaces.of(wl).idle_inhibitors > 0;
        },
        &walk);
    if (walk.inhibits != inhibits_idle_) {
        inhibits_idle_ = walk.inhibits;
        agent_.connection().send(protocol::IdleInhibit{*id_, inhibits_idle_});
    }
}

void Window::surface_committed() {
    if (const auto serial = answered()) {
        to_answer_ = serial;
    }
    tell_idle();
    present();
    agent_.seat().surfaces_changed(*this);
}

void Window::present() {
    if (id_ && hidden_ && !in_flight_ && surface() != nullptr && surface()->mapped) {
        rest();
        return;
    }
    if (!id_ || in_flight_ || hidden_ || surface() == nullptr || !surface()->mapped ||
        agent_.connection().crowded()) {
        return;
    }
    const Arrangement now = arrange();
    const bool plain = is_plain(now) && !lets_through(now);
    // What went back to the program is in the granted buffer alone, and that is drawn over now.
    if (!plain) {
        keep_content();
    }
    const Region changes = damage(now);
    if (changes.empty()) {
        sample_feedback();
        if (to_answer_ == 0 && !callbacks_wait() && in_flight_feedback_.empty()) {
            return;
        }
        // Nothing new to see, but a configure to answer or a program that waits for its frame or
        // to hear when it was seen.
        if (auto* latest = buffers_.latest()) {
            commit(*latest, {});
            return;
        }
    }
    auto* buffer = buffers_.acquire(now.width, now.height);
    if (buffer == nullptr) {
        return;
    }
    Region lag = buffer->stale;
    lag.subtract(changes);
    agent_.counters().bytes_damaged += changes.pixels() * 4;
    agent_.counters().bytes_caught_up += lag.pixels() * 4;
    buffers_.changed(changes);
    draw(now, *buffer);
    tell_output();
    shown_ = now.placements;
    shown_width_ = now.width;
    shown_height_ = now.height;
    for (Surface* drawn : now.surfaces) {
        drawn->damage.clear();
    }
    plain_ = plain ? now.surfaces[0] : nullptr;
    commit(*buffer, changes);
    // All of it is in the granted buffer, so the program may have its own again.
    if (plain) {
        plain_->buffer = {};
    }
}

void Window::commit(WindowBuffers::Buffer& buffer, const Region& changes) {
    protocol::Layer layer{.buffer = buffer.id,
                          .source = {.width = protocol::Extent::clamped(buffer.width),
                                     .height = protocol::Extent::clamped(buffer.height)}};
    if (!changes.empty()) {
        for (const Box& box : at_most(changes, layer.damage.capacity)) {
            layer.damage.push_back(
                {protocol::Offset::clamped(box.x), protocol::Offset::clamped(box.y),
                 protocol::Extent::clamped(box.width), protocol::Extent::clamped(box.height)});
        }
    }
    protocol::Commit message{.window = *id_, .configure = std::exchange(to_answer_, 0)};
    message.layers.push_back(layer);
    agent_.connection().send(message);
    buffers_.committed(buffer);
    in_flight_ = true;
    ++agent_.counters().commits;
    sample_feedback();
}

}  // namespace leadlight::agent
