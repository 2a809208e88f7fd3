// SPDX-License-Identifier: MIT
#include "guest-agent/cursor.hpp"

#include "guest-agent/agent.hpp"

#include <algorithm>

namespace leadlight::agent {
namespace {

using protocol::CursorShape;

// Wayland's shapes begin at 1 and stand in the order of ours.
CursorShape shape_of(wp_cursor_shape_device_v1_shape shape) {
    static_assert(static_cast<int>(CursorShape::zoom_out) + 1 ==
                  WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ZOOM_OUT);
    const int index = static_cast<int>(shape) - 1;
    return index >= 0 && index < static_cast<int>(CursorShape::hidden)
               ? static_cast<CursorShape>(index)
               : CursorShape::default_;
}

}  // namespace

Cursor::Cursor(Agent& agent, wlr_seat* seat, const Pointer& pointer)
    : agent_(agent), seat_(seat), pointer_(pointer),
      frame_timer_(wl_event_loop_add_timer(
          wl_display_get_event_loop(agent.display()),
          [](void* self) {
              static_cast<Cursor*>(self)->send_frame_done();
              return 0;
          },
          this)) {
    set_cursor_.connect(seat->events.request_set_cursor,
                        [this](const wlr_seat_pointer_request_set_cursor_event* event) {
                            if (may_set(event->seat_client)) {
                                set_surface(event->surface, event->hotspot_x, event->hotspot_y);
                            }
                        });
    auto* shapes = wlr_cursor_shape_manager_v1_create(agent.display(), 1);
    set_shape_.connect(shapes->events.request_set_shape,
                       [this](const wlr_cursor_shape_manager_v1_request_set_shape_event* event) {
                           if (!may_set(event->seat_client)) {
                               return;
                           }
                           set_surface(nullptr, 0, 0);
                           send_shape(shape_of(event->shape));
                       });
}

bool Cursor::may_set(const wlr_seat_client* client) const {
    return client != nullptr && seat_->pointer_state.focused_client == client &&
           agent_.welcomed() && pointer_.last_enter() != 0;
}

void Cursor::set_surface(wlr_surface* surface, int hotspot_x, int hotspot_y) {
    if (surface_ != nullptr && surface_ != surface) {
        agent_.surfaces().set_user(surface_, nullptr);
    }
    surface_ = surface;
    hotspot_x_ = hotspot_x;
    hotspot_y_ = hotspot_y;
    waits_ = false;
    if (surface == nullptr) {
        send_shape(CursorShape::hidden);
        return;
    }
    agent_.surfaces().set_user(surface, this);
    if (const Window* window = agent_.windows().find(pointer_.window())) {
        window->tell_output(surface);
    }
    send_image();
}

void Cursor::send_shape(CursorShape shape) {
    agent_.connection().send(protocol::CursorShapeSet{pointer_.last_enter(), shape});
}

void Cursor::surface_committed() {
    send_image();
    // Animated cursors wait for a frame, of which the admin domain has no word.
    constexpr int milliseconds = 16;
    wl_event_source_timer_update(frame_timer_.get(), milliseconds);
}

void Cursor::send_frame_done() {
    if (surface_ == nullptr) {
        return;
    }
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    wlr_surface_send_frame_done(surface_, &now);
}

void Cursor::surface_gone() {
    surface_ = nullptr;
    waits_ = false;
}

void Cursor::room() {
    if (waits_) {
        send_image();
    }
}

void Cursor::send_image() {
    // Its program may paint on while the pointer is elsewhere, or nobody is connected.
    if (!may_set(
            wlr_seat_client_for_wl_client(seat_, wl_resource_get_client(surface_->resource)))) {
        waits_ = false;
        return;
    }
    waits_ = agent_.connection().crowded();
    if (waits_) {
        return;
    }
    const Surface& surface = agent_.surfaces().of(surface_);
    const PixelAccess access(surface.buffer.get());
    const Pixels& pixels = access.pixels();
    if (pixels.data == nullptr) {
        send_shape(CursorShape::hidden);
        return;
    }
    const Window* window = agent_.windows().find(pointer_.window());
    const WindowScale scale = window == nullptr ? WindowScale() : window->scale();
    wlr_fbox source;
    wlr_surface_get_buffer_source_box(surface_, &source);
    // The admin domain shows pixel for pixel, whatever the program drew for.
    const Piece piece{
        .placement = {.source = {source.x, source.y, source.width, source.height},
                      .turn = static_cast<Turn>(surface_->current.transform),
                      .place = {0, 0, std::max(1, scale.to_physical(surface_->current.width)),
                                std::max(1, scale.to_physical(surface_->current.height))}},
        .pixels = pixels};
    // Larger ones are cut.
    const int width = std::min<int>(piece.placement.place.width, protocol::max_cursor_extent);
    const int height = std::min<int>(piece.placement.place.height, protocol::max_cursor_extent);
    const auto bytes = alone(piece, width, height);
    agent_.connection().send(protocol::CursorImage{
        .serial = pointer_.last_enter(),
        .width = protocol::CursorExtent::clamped(width),
        .height = protocol::CursorExtent::clamped(height),
        .hotspot_x = protocol::CursorHotspot::clamped(
            std::clamp(scale.to_physical(hotspot_x_ - surface.dx), 0, width - 1)),
        .hotspot_y = protocol::CursorHotspot::clamped(
            std::clamp(scale.to_physical(hotspot_y_ - surface.dy), 0, height - 1)),
        .pixels = *decltype(protocol::CursorImage::pixels)::from(bytes),
    });
}

}  // namespace leadlight::agent
