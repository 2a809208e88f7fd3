// SPDX-License-Identifier: MIT
#include "guest-agent/cursor.hpp"

#include "guest-agent/agent.hpp"

#include <algorithm>
#include <array>
#include <cstring>

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

Cursor::~Cursor() {
    wl_event_source_remove(frame_timer_);
}

bool Cursor::may_set(const wlr_seat_client* client) const {
    return seat_->pointer_state.focused_client == client && agent_.welcomed();
}

void Cursor::set_surface(wlr_surface* surface, int hotspot_x, int hotspot_y) {
    if (surface_ != nullptr && surface_ != surface) {
        agent_.surfaces().set_user(surface_, nullptr);
    }
    surface_ = surface;
    hotspot_x_ = hotspot_x;
    hotspot_y_ = hotspot_y;
    if (surface == nullptr) {
        send_shape(CursorShape::hidden);
        return;
    }
    agent_.surfaces().set_user(surface, this);
    send_image();
}

void Cursor::send_shape(CursorShape shape) {
    agent_.connection().send(protocol::CursorShapeSet{pointer_.last_enter(), shape});
}

void Cursor::surface_committed() {
    send_image();
    // Animated cursors wait for a frame, of which the admin domain has no word.
    constexpr int milliseconds = 16;
    wl_event_source_timer_update(frame_timer_, milliseconds);
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
}

void Cursor::send_image() {
    if (agent_.connection().crowded()) {
        return;
    }
    const Surface& surface = agent_.surfaces().of(surface_);
    const PixelAccess access(surface.buffer.get());
    const Pixels& pixels = access.pixels();
    if (pixels.data == nullptr) {
        send_shape(CursorShape::hidden);
        return;
    }
    // Larger ones are cut. The hotspot is logical, the image is not.
    const int factor = std::max(1, surface_->current.scale);
    const int width = std::min<int>(pixels.width, protocol::max_cursor_extent);
    const int height = std::min<int>(pixels.height, protocol::max_cursor_extent);
    std::vector<std::byte> bytes(static_cast<std::size_t>(width * height) * 4);
    for (int y = 0; y < height; ++y) {
        std::byte* row = bytes.data() + static_cast<std::size_t>(y * width) * 4;
        std::memcpy(row, pixels.data + static_cast<std::size_t>(y) * pixels.stride,
                    static_cast<std::size_t>(width) * 4);
        if (!pixels.has_alpha) {
            for (int x = 0; x < width; ++x) {
                row[x * 4 + 3] = std::byte{0xff};
            }
        }
    }
    agent_.connection().send(protocol::CursorImage{
        .serial = pointer_.last_enter(),
        .width = protocol::CursorExtent::clamped(width),
        .height = protocol::CursorExtent::clamped(height),
        .hotspot_x = protocol::CursorHotspot::clamped(
            std::clamp((hotspot_x_ - surface.dx) * factor, 0, width - 1)),
        .hotspot_y = protocol::CursorHotspot::clamped(
            std::clamp((hotspot_y_ - surface.dy) * factor, 0, height - 1)),
        .pixels = *decltype(protocol::CursorImage::pixels)::from(bytes),
    });
}

}  // namespace leadlight::agent
