// SPDX-License-Identifier: MIT
// What every part of the compositor shares: wlroots' objects, the scene's layers, and the parts
// themselves. main.cpp makes it, then what handles input, the admin domain's programs, the control
// socket and the configuration, which all take a Server&.
#pragma once

#include "compositor/clock.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/desktop/place_keeper.hpp"
#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest_listener.hpp"
#include "compositor/guest/page_work.hpp"
#include "compositor/output/frame_pacer.hpp"
#include "compositor/output/output_wish.hpp"
#include "compositor/output/outputs.hpp"
#include "compositor/policy/budgets.hpp"
#include "compositor/statistics.hpp"
#include "shm-grants/descriptor.hpp"
#include "theming/text.hpp"
#include "wlr-headers/listener.hpp"

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct wl_display;
struct wl_event_loop;
struct wlr_allocator;
struct wlr_backend;
struct wlr_compositor;
struct wlr_output_layout;
struct wlr_renderer;
struct wlr_scene;
struct wlr_scene_output_layout;
struct wlr_scene_tree;
struct wlr_session;

namespace leadlight::compositor {

enum class BackendKind : std::uint8_t { automatic, drm, headless, wayland, x11 };

struct ServerOptions {
    BackendKind backend = BackendKind::automatic;
    std::vector<OutputWish> outputs;
    bool allow_local = false;  // the local backend's addresses and pools
    bool clock = true;         // in the trusted bar
    std::string runtime_dir;   // $XDG_RUNTIME_DIR/leadlight, exists with mode 0700
    policy::Budgets budgets;
};

/// Trees of the scene from the bottom up.
struct Layers {
    wlr_scene_tree* background = nullptr;        // the compositor's
    wlr_scene_tree* shell_background = nullptr;  // layer-shell background
    wlr_scene_tree* shell_bottom = nullptr;
    wlr_scene_tree* windows = nullptr;
    wlr_scene_tree* shell_top = nullptr;
    wlr_scene_tree* shell_overlay = nullptr;
    wlr_scene_tree* carried = nullptr;  // a guest's drag icon, in its frame
    wlr_scene_tree* trusted = nullptr;  // bar, switcher
};

class Server {
  public:
    [[nodiscard]] static std::expected<std::unique_ptr<Server>, std::string>
    create(ServerOptions options);
    ~Server();

    /// Starts backend and Wayland socket; the error is one line.
    [[nodiscard]] std::expected<void, std::string> start();
    /// Until the display is terminated.
    void run();
    void quit();

    const ServerOptions& options() const { return options_; }
    const theming::TextPainter& painter() const { return *painter_; }
    /// Of the admin domain's own Wayland socket, once started.
    const std::string& socket_name() const { return socket_name_; }
    policy::BufferId new_buffer_id() { return policy::BufferId{++last_buffer_}; }

    wl_display* display = nullptr;
    wl_event_loop* loop = nullptr;
    wlr_backend* backend = nullptr;
    wlr_session* session = nullptr;  // null but for DRM
    wlr_renderer* renderer = nullptr;
    wlr_allocator* allocator = nullptr;
    wlr_compositor* compositor = nullptr;
    wlr_output_layout* output_layout = nullptr;
    wlr_scene* scene = nullptr;
    wlr_scene_output_layout* scene_layout = nullptr;
    Layers layers;
    Statistics statistics;
    policy::Ledger ledger;
    grants::Descriptor gntdev;                // once a domain of Xen connected
    GuestListener* guest_listener = nullptr;  // Input, while there is one

    // In order of construction; destroyed the other way round.
    std::unique_ptr<PageWork> page_work;
    std::unique_ptr<FramePacer> pacer;
    std::unique_ptr<Outputs> outputs;
    std::unique_ptr<Desktop> desktop;
    std::unique_ptr<PlaceKeeper> places;
    std::unique_ptr<Domains> domains;

  private:
    explicit Server(ServerOptions options);
    [[nodiscard]] std::expected<void, std::string> create_backend();
    [[nodiscard]] std::expected<void, std::string> create_globals();

    ServerOptions options_;
    std::optional<theming::TextPainter> painter_;
    std::string socket_name_;
    std::uint64_t last_buffer_ = 0;
};

}  // namespace leadlight::compositor
