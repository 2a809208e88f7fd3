// SPDX-License-Identifier: MIT
#include "compositor/server.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/log.hpp"
#include "compositor/output/output.hpp"
#include "compositor/scene/streaming_renderer.hpp"
#include "wlr-headers/wlroots.hpp"

#include <array>
#include <cstdlib>

namespace leadlight::compositor {

namespace {

// wlroots chooses its backend by environment variables; which ones hold is ours to say.
void choose_backend(BackendKind kind, std::size_t outputs) {
    const std::string count = std::to_string(std::max<std::size_t>(outputs, 1));
    switch (kind) {
    case BackendKind::automatic:
    case BackendKind::headless:
        break;
    case BackendKind::drm:
        setenv("WLR_BACKENDS", "drm,libinput", 1);
        break;
    case BackendKind::wayland:
        setenv("WLR_BACKENDS", "wayland", 1);
        break;
    case BackendKind::x11:
        setenv("WLR_BACKENDS", "x11", 1);
        break;
    }
    setenv("WLR_WL_OUTPUTS", count.c_str(), 1);
    setenv("WLR_X11_OUTPUTS", count.c_str(), 1);
}

wlr_scene_tree* layer(wlr_scene* scene) {
    return wlr_scene_tree_create(&scene->tree);
}

}  // namespace

Server::Server(ServerOptions options) : ledger(options.budgets), options_(std::move(options)) {}

std::expected<std::unique_ptr<Server>, std::string> Server::create(ServerOptions options) {
    auto server = std::unique_ptr<Server>(new Server(std::move(options)));
    auto painter = theming::TextPainter::load();
    if (!painter) {
        return std::unexpected(painter.error());
    }
    server->painter_.emplace(std::move(*painter));
    if (auto made = server->create_backend(); !made) {
        return std::unexpected(made.error());
    }
    if (auto made = server->create_globals(); !made) {
        return std::unexpected(made.error());
    }
    return server;
}

std::expected<void, std::string> Server::create_backend() {
    display = wl_display_create();
    if (!display) {
        return std::unexpected("no Wayland display");
    }
    loop = wl_display_get_event_loop(display);
    if (options_.backend == BackendKind::headless) {
        backend = wlr_headless_backend_create(loop);
    } else {
        choose_backend(options_.backend, options_.outputs.size());
        backend = wlr_backend_autocreate(loop, &session);
    }
    if (!backend) {
        return std::unexpected("no backend: neither a seat with a screen nor a session to nest in");
    }
    // Guests' pixels are read from where they are, and nowhere else: see scene/content.hpp.
    renderer = create_streaming_renderer();
    allocator = renderer ? wlr_allocator_autocreate(backend, renderer) : nullptr;
    if (!allocator) {
        return std::unexpected("no memory to render to");
    }
    return {};
}

std::expected<void, std::string> Server::create_globals() {
    wlr_renderer_init_wl_shm(renderer, display);
    compositor = wlr_compositor_create(display, 6, renderer);
    wlr_subcompositor_create(display);
    wlr_viewporter_create(display);
    wlr_single_pixel_buffer_manager_v1_create(display);
    wlr_fractional_scale_manager_v1_create(display, 1);
    wlr_presentation_create(display, backend);
    // Pictures of the screen, for programs of the admin domain: guests never reach this socket.
    wlr_screencopy_manager_v1_create(display);
    output_layout = wlr_output_layout_create(display);
    wlr_xdg_output_manager_v1_create(display, output_layout);

    scene = wlr_scene_create();
    if (!scene || !output_layout || !compositor) {
        return std::unexpected("no memory for the scene");
    }
    scene_layout = wlr_scene_attach_output_layout(scene, output_layout);
    layers.background = layer(scene);
    layers.shell_background = layer(scene);
    layers.shell_bottom = layer(scene);
    layers.windows = layer(scene);
    layers.shell_top = layer(scene);
    layers.shell_overlay = layer(scene);
    layers.carried = layer(scene);
    layers.trusted = layer(scene);

    page_work = std::make_unique<PageWork>(loop);
    pacer = std::make_unique<FramePacer>(*this);
    outputs = std::make_unique<Outputs>(*this);
    desktop = std::make_unique<Desktop>(*this);
    places = std::make_unique<PlaceKeeper>(*this, options_.runtime_dir + "/places");
    domains = std::make_unique<Domains>(*this);
    return {};
}

Server::~Server() {
    if (places) {
        places->save();
    }
    domains.reset();
    if (display) {
        wl_display_destroy_clients(display);
    }
    places.reset();
    if (backend) {
        wlr_backend_destroy(backend);  // its outputs go through Outputs::remove
    }
    desktop.reset();
    outputs.reset();
    pacer.reset();
    page_work.reset();
    if (scene) {
        wlr_scene_node_destroy(&scene->tree.node);
    }
    if (allocator) {
        wlr_allocator_destroy(allocator);
    }
    if (renderer) {
        wlr_renderer_destroy(renderer);
    }
    if (display) {
        wl_display_destroy(display);
    }
}

std::expected<void, std::string> Server::start() {
    const char* socket = wl_display_add_socket_auto(display);
    if (!socket) {
        return std::unexpected("no Wayland socket in XDG_RUNTIME_DIR");
    }
    socket_name_ = socket;
    if (options_.backend == BackendKind::headless) {
        if (options_.outputs.empty()) {
            options_.outputs.emplace_back();
        }
    }
    if (!wlr_backend_start(backend)) {
        return std::unexpected("the backend does not start");
    }
    if (options_.backend == BackendKind::headless) {
        for (const OutputWish& wish : options_.outputs) {
            wlr_headless_add_output(backend, static_cast<unsigned>(wish.width),
                                    static_cast<unsigned>(wish.height));
        }
    }
    return {};
}

void Server::run() {
    wl_display_run(display);
}

void Server::quit() {
    wl_display_terminate(display);
}

}  // namespace leadlight::compositor
