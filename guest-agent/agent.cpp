// SPDX-License-Identifier: MIT
#include "guest-agent/agent.hpp"

#include "guest-agent/log.hpp"

#include <array>

namespace leadlight::agent {
namespace {

std::uint64_t monotonic_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
           static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

/// No renderer: nothing is drawn here, only copied. Without one wlroots asks for no device, and
/// wl_shm is all that programs get; every toolkit falls back to it.
wlr_compositor* create_compositor(wl_display* display) {
    static constexpr std::array<std::uint32_t, 2> formats{DRM_FORMAT_ARGB8888, DRM_FORMAT_XRGB8888};
    constexpr std::uint32_t compositor_version = 6, shm_version = 2;
    wlr_shm_create(display, shm_version, formats.data(), formats.size());
    auto* compositor = wlr_compositor_create(display, compositor_version, nullptr);
    wlr_subcompositor_create(display);
    wlr_viewporter_create(display);
    wlr_single_pixel_buffer_manager_v1_create(display);
    wlr_fractional_scale_manager_v1_create(display, 1);
    return compositor;
}

}  // namespace

Agent::Agent(wl_display* display, std::unique_ptr<grants::Server> server,
             std::unique_ptr<grants::PageGranter> granter, bool with_xwayland)
    : display_(display), granter_(std::move(granter)),
      connection_(wl_display_get_event_loop(display), std::move(server),
                  {.opened = [this] { opened(); },
                   .message = [this](const auto& any) { message(any); },
                   .closed = [this] { closed(); },
                   .room =
                       [this] {
                           present_all();
                           seat_.room();
                       }}),
      pools_(*granter_, connection_, ids_), output_(display),
      compositor_(create_compositor(display)), surfaces_(compositor_), seat_(*this), shell_(*this) {
    wlr_presentation_create(display, output_.backend());
    if (with_xwayland) {
        xwayland_ = std::make_unique<Xwayland>(*this, compositor_);
    }
    wl_display_set_global_filter(
        display,
        [](const wl_client* client, const wl_global* global, void* self) {
            return static_cast<const Agent*>(self)->may_see(client, global);
        },
        this);
}

Agent::~Agent() {
    // Programs go while all that hears of it is still there.
    xwayland_.reset();
    wl_display_destroy_clients(display_);
}

bool Agent::may_see(const wl_client* client, const wl_global* global) const {
    // X11's pixels are physical ones: its server sees the output without a scale, and nobody else
    // sees that one.
    const bool is_server = xwayland_ && xwayland_->is_server(client);
    if (xwayland_ && global == xwayland_->shell_global()) {
        return is_server;
    }
    if (global == output_.wl()->global) {
        return !is_server;
    }
    if (global == output_.unscaled()->global) {
        return is_server;
    }
    return true;
}

std::string Agent::start() {
    const char* socket = wl_display_add_socket_auto(display_);
    if (socket == nullptr) {
        log_error("no Wayland socket: is XDG_RUNTIME_DIR set, and writable?");
        return {};
    }
    return connection_.listen() ? socket : "";
}

void Agent::opened() {
    connection_.send(protocol::Hello{});
}

void Agent::closed() {
    welcomed_ = false;
    serials_.clear();
    seat_.connection_lost();
    for (Window* window : windows_.all()) {
        window->connection_lost();
    }
    pools_.connection_lost();
}

void Agent::message(const protocol::ToAgent::Any& any) {
    std::visit([this](const auto& one) { on(one); }, any);
}

std::uint32_t Agent::local_time(protocol::Time time) const {
    return static_cast<std::uint32_t>(local_microseconds(time) / 1000);
}

void Agent::on(const protocol::Welcome& message) {
    limits_ = message;
    welcomed_ = true;
    epoch_ = monotonic_microseconds();
    if (!settled_) {
        settle();
    }
    pools_.welcome(settled_ ? message.max_pages : 0);
    for (Window* window : windows_.all()) {
        window->connected();
    }
}

/// An agent that died with all its pages and this one together could run the grant table dry, which
/// cannot be mended: so after the first welcome nothing is granted for a moment.
void Agent::settle() {
    const auto within = granter_->settles_within();
    settled_ = within == std::chrono::milliseconds{};
    if (settled_ || settling_ != nullptr) {
        return;
    }
    settling_.reset(wl_event_loop_add_timer(
        wl_display_get_event_loop(display_),
        [](void* data) {
            auto* self = static_cast<Agent*>(data);
            self->settled_ = true;
            if (self->welcomed_) {
                self->pools_.welcome(self->limits_.max_pages);
                self->present_all();
            }
            return 0;
        },
        this));
    wl_event_source_timer_update(settling_.get(), static_cast<int>(within.count()));
}

void Agent::ask_again_after(std::chrono::milliseconds pause) {
    if (asking_again_ == nullptr) {
        asking_again_.reset(wl_event_loop_add_timer(
            wl_display_get_event_loop(display_),
            [](void* data) {
                auto* self = static_cast<Agent*>(data);
                self->pools_.ask_again();
                self->present_all();
                return 0;
            },
            this));
    }
    wl_event_source_timer_update(asking_again_.get(), static_cast<int>(pause.count()));
}

}  // namespace leadlight::agent
