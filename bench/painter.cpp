// SPDX-License-Identifier: MIT
// A Wayland program that does nothing but draw: the same load for Leadlight, cage and waypipe.
// Prints one line of JSON. Its own cost is not what is measured; bench/run reads the others' while
// this draws, between the lines "begin" and "end".
#include "bench/painter_options.hpp"

#include "presentation-time-client-protocol.h"
#include "xdg-shell-client-protocol.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <poll.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>
#include <wayland-client.h>

using namespace leadlight::bench;

namespace {

Nanoseconds now(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// By then every buffer on the way was made, mapped and filled once.
constexpr std::uint32_t settled_after = 10;

/// The side of what `small` and `walking` damage: the first always in the same corner, the second
/// never where the frame before was.
constexpr int small = 64;

struct Box {
    int x, y, width, height;
};

/// One of three buffers in one pool.
struct Buffer {
    wl_buffer* handle = nullptr;
    std::uint32_t* pixels = nullptr;
    bool busy = false;
};

class Painter {
  public:
    explicit Painter(const Options& options) : options_(options) { connect(); }

    void run() {
        if (options_.still) {
            run_still();
        } else if (options_.frames > 0) {
            run_counted();
        } else {
            run_timed();
        }
    }

  private:
    void run_still() {
        draw();
        while (!frame_done_) {
            dispatch(-1);
        }
        std::puts("begin");
        std::fflush(stdout);
        while (true) {
            dispatch(-1);
        }
    }

    void run_counted() {
        measuring_ = true;
        began_ = now(CLOCK_MONOTONIC);
        std::puts("begin");
        std::fflush(stdout);
        draw();
        while (frames_ < options_.frames || !frame_done_) {
            dispatch(100);
        }
        report(now(CLOCK_MONOTONIC));
    }

    void run_timed() {
        const Nanoseconds begin = now(CLOCK_MONOTONIC) + options_.warm_up;
        Nanoseconds end = std::numeric_limits<Nanoseconds>::max();
        Nanoseconds next_tick = 0;
        draw();
        while (true) {
            const Nanoseconds time = now(CLOCK_MONOTONIC);
            if (!measuring_ && time >= begin && drawn_ >= settled_after) {
                measuring_ = true;
                began_ = time;
                end = time + options_.length;
                std::puts("begin");
                std::fflush(stdout);
            }
            if (time >= end) {
                break;
            }
            if (options_.latency && time >= next_tick && frame_done_) {
                next_tick = time + 15'000'000;
                draw();
            }
            dispatch(options_.latency ? 1 : 100);
        }
        report(now(CLOCK_MONOTONIC));
    }

    void connect();
    void make_buffers();
    void dispatch(int timeout_ms);
    void draw();
    Box next_damage() const;
    void report(Nanoseconds end);

    static const wl_registry_listener registry_listener;
    static const xdg_surface_listener surface_listener;
    static const xdg_toplevel_listener toplevel_listener;
    static const xdg_wm_base_listener shell_listener;
    static const wl_buffer_listener buffer_listener;
    static const wl_callback_listener frame_listener;
    static const wp_presentation_listener presentation_listener;
    static const wp_presentation_feedback_listener feedback_listener;

    struct Feedback {
        Painter* painter;
        Nanoseconds committed;
    };

    Options options_;
    wl_display* display_ = nullptr;
    wl_compositor* compositor_ = nullptr;
    wl_shm* shm_ = nullptr;
    xdg_wm_base* shell_ = nullptr;
    wp_presentation* presentation_ = nullptr;
    clockid_t clock_ = CLOCK_MONOTONIC;
    wl_surface* surface_ = nullptr;
    std::array<Buffer, 3> buffers_;
    bool configured_ = false;
    bool frame_done_ = true;
    bool measuring_ = false;
    Nanoseconds began_ = 0;
    std::uint32_t drawn_ = 0;
    std::uint32_t frames_ = 0;  // of them while measuring
    std::vector<Nanoseconds> latencies_;
};

const wl_registry_listener Painter::registry_listener = {
    .global =
        [](void* data, wl_registry* registry, std::uint32_t name, const char* interface,
           std::uint32_t) {
            auto* self = static_cast<Painter*>(data);
            const std::string_view which = interface;
            const auto bind = [&](const wl_interface& type, std::uint32_t version) {
                return wl_registry_bind(registry, name, &type, version);
            };
            if (which == wl_compositor_interface.name) {
                self->compositor_ = static_cast<wl_compositor*>(bind(wl_compositor_interface, 4));
            } else if (which == wl_shm_interface.name) {
                self->shm_ = static_cast<wl_shm*>(bind(wl_shm_interface, 1));
            } else if (which == xdg_wm_base_interface.name) {
                self->shell_ = static_cast<xdg_wm_base*>(bind(xdg_wm_base_interface, 1));
            } else if (which == wp_presentation_interface.name) {
                self->presentation_ =
                    static_cast<wp_presentation*>(bind(wp_presentation_interface, 1));
            }
        },
    .global_remove = [](void*, wl_registry*, std::uint32_t) {},
};

const xdg_surface_listener Painter::surface_listener = {
    .configure =
        [](void* data, xdg_surface* surface, std::uint32_t serial) {
            xdg_surface_ack_configure(surface, serial);
            static_cast<Painter*>(data)->configured_ = true;
        },
};

// The size stays what the command line says: every side shows the same pixels.
const xdg_toplevel_listener Painter::toplevel_listener = {
    .configure = [](void*, xdg_toplevel*, std::int32_t, std::int32_t, wl_array*) {},
    .close = [](void*, xdg_toplevel*) { std::exit(1); },
    .configure_bounds = [](void*, xdg_toplevel*, std::int32_t, std::int32_t) {},
    .wm_capabilities = [](void*, xdg_toplevel*, wl_array*) {},
};

const xdg_wm_base_listener Painter::shell_listener = {
    .ping = [](void*, xdg_wm_base* shell,
               std::uint32_t serial) { xdg_wm_base_pong(shell, serial); },
};

const wl_buffer_listener Painter::buffer_listener = {
    .release = [](void* data, wl_buffer*) { static_cast<Buffer*>(data)->busy = false; },
};

const wl_callback_listener Painter::frame_listener = {
    .done =
        [](void* data, wl_callback* callback, std::uint32_t) {
            wl_callback_destroy(callback);
            auto* self = static_cast<Painter*>(data);
            self->frame_done_ = true;
            const Options& options = self->options_;
            if (!options.latency && !options.still &&
                (options.frames == 0 || self->frames_ < options.frames)) {
                self->draw();
            }
        },
};

const wp_presentation_listener Painter::presentation_listener = {
    .clock_id =
        [](void* data, wp_presentation*, std::uint32_t clock) {
            static_cast<Painter*>(data)->clock_ = static_cast<clockid_t>(clock);
        },
};

const wp_presentation_feedback_listener Painter::feedback_listener = {
    .sync_output = [](void*, struct wp_presentation_feedback*, wl_output*) {},
    .presented =
        [](void* data, struct wp_presentation_feedback* handle, std::uint32_t seconds_high,
           std::uint32_t seconds_low, std::uint32_t nanoseconds, std::uint32_t, std::uint32_t,
           std::uint32_t, std::uint32_t) {
            auto* feedback = static_cast<Feedback*>(data);
            const auto seconds = static_cast<Nanoseconds>(
                (static_cast<std::uint64_t>(seconds_high) << 32) | seconds_low);
            if (feedback->painter->measuring_) {
                feedback->painter->latencies_.push_back(seconds * 1'000'000'000 + nanoseconds -
                                                        feedback->committed);
            }
            wp_presentation_feedback_destroy(handle);
            delete feedback;
        },
    .discarded =
        [](void* data, struct wp_presentation_feedback* handle) {
            wp_presentation_feedback_destroy(handle);
            delete static_cast<Feedback*>(data);
        },
};

void Painter::connect() {
    display_ = wl_display_connect(nullptr);
    if (display_ == nullptr) {
        fail("no Wayland display");
    }
    wl_registry* registry = wl_display_get_registry(display_);
    wl_registry_add_listener(registry, &registry_listener, this);
    wl_display_roundtrip(display_);
    if (compositor_ == nullptr || shm_ == nullptr || shell_ == nullptr ||
        presentation_ == nullptr) {
        fail("the compositor lacks what this needs");
    }
    xdg_wm_base_add_listener(shell_, &shell_listener, this);
    wp_presentation_add_listener(presentation_, &presentation_listener, this);
    make_buffers();

    surface_ = wl_compositor_create_surface(compositor_);
    xdg_surface* surface = xdg_wm_base_get_xdg_surface(shell_, surface_);
    xdg_surface_add_listener(surface, &surface_listener, this);
    xdg_toplevel* toplevel = xdg_surface_get_toplevel(surface);
    xdg_toplevel_add_listener(toplevel, &toplevel_listener, this);
    xdg_toplevel_set_title(toplevel, "painter");
    wl_surface_commit(surface_);
    while (!configured_) {
        dispatch(1000);
    }
}

void Painter::make_buffers() {
    const int stride = options_.width * 4;
    const auto bytes = static_cast<std::size_t>(stride) * static_cast<std::size_t>(options_.height);
    const int file = memfd_create("painter", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, static_cast<off_t>(3 * bytes)) != 0) {
        fail("no memory");
    }
    void* memory = mmap(nullptr, 3 * bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) {
        fail("no memory");
    }
    wl_shm_pool* pool = wl_shm_create_pool(shm_, file, static_cast<int>(3 * bytes));
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
        buffers_[i].pixels = static_cast<std::uint32_t*>(memory) + i * (bytes / 4);
        buffers_[i].handle =
            wl_shm_pool_create_buffer(pool, static_cast<int>(i * bytes), options_.width,
                                      options_.height, stride, WL_SHM_FORMAT_XRGB8888);
        wl_buffer_add_listener(buffers_[i].handle, &buffer_listener, &buffers_[i]);
    }
    wl_shm_pool_destroy(pool);
    close(file);
}

void Painter::dispatch(int timeout_ms) {
    while (wl_display_prepare_read(display_) != 0) {
        wl_display_dispatch_pending(display_);
    }
    wl_display_flush(display_);
    pollfd ready{.fd = wl_display_get_fd(display_), .events = POLLIN, .revents = 0};
    if (poll(&ready, 1, timeout_ms) > 0) {
        wl_display_read_events(display_);
    } else {
        wl_display_cancel_read(display_);
    }
    if (wl_display_dispatch_pending(display_) < 0) {
        fail("the compositor closed the connection");
    }
}

void Painter::draw() {
    const auto free =
        std::ranges::find_if(buffers_, [](const Buffer& buffer) { return !buffer.busy; });
    if (free == buffers_.end()) {
        fail("three buffers are not enough");
    }
    const auto [left, top, width, height] = next_damage();
    const std::uint32_t colour = 0x01010101u * (drawn_ & 0xff);
    for (int y = top; y < top + height; ++y) {
        std::fill_n(free->pixels + static_cast<std::ptrdiff_t>(y) * options_.width + left, width,
                    colour);
    }

    free->busy = true;
    frame_done_ = false;
    wl_surface_attach(surface_, free->handle, 0, 0);
    wl_surface_damage_buffer(surface_, left, top, width, height);
    wl_callback_add_listener(wl_surface_frame(surface_), &frame_listener, this);
    wp_presentation_feedback_add_listener(wp_presentation_feedback(presentation_, surface_),
                                          &feedback_listener, new Feedback{this, now(clock_)});
    wl_surface_commit(surface_);
    ++drawn_;
    frames_ += measuring_ ? 1 : 0;
}

Box Painter::next_damage() const {
    switch (options_.damage) {
    case Options::Damage::full:
        break;
    case Options::Damage::small:
        return {0, 0, small, small};
    case Options::Damage::walking: {
        const int columns = options_.width / small, rows = options_.height / small;
        const int place = static_cast<int>(drawn_) % (columns * rows);
        return {place % columns * small, place / columns * small, small, small};
    }
    }
    return {0, 0, options_.width, options_.height};
}

void Painter::report(Nanoseconds end) {
    std::puts("end");
    std::ranges::sort(latencies_);
    const Nanoseconds median = latencies_.empty() ? -1 : latencies_[latencies_.size() / 2];
    std::printf("{\"frames\": %u, \"seconds\": %.3f, \"latency_us\": %.1f, \"presented\": %zu}\n",
                frames_, static_cast<double>(end - began_) / 1e9, static_cast<double>(median) / 1e3,
                latencies_.size());
}

}  // namespace

int main(int argc, char** argv) {
    // Static: what libwayland keeps for it stays reachable, so no sanitizer calls it lost.
    static Painter painter(parse_options(argc, argv));
    painter.run();
}
