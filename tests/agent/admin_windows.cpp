// SPDX-License-Identifier: MIT
// The agent's windows, as the admin domain keeps and places them.
#include "tests/agent/admin.hpp"

namespace leadlight::agent_test {

bool Admin::refuse(lp::WindowId window) {
    if (windows.size() < max_windows) {
        return false;
    }
    refused_.insert(window.get());
    send(lp::Refused{lp::RefusedKind::window, window.get(), lp::Refusal::too_many_windows});
    return true;
}

Window* Admin::find(lp::WindowId window) {
    return refused_.contains(window.get()) ? nullptr : &windows.at(window.get());
}

void Admin::on(const lp::ToplevelCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.token = create.token;
    auto answer = configure(create.window, toplevel_width, toplevel_height, false);
    if (tokens_.contains(create.token)) {
        answer.token = create.token;
    } else {
        answer.token[0] = next_token_++;
        tokens_.insert(answer.token);
    }
    window.token = answer.token;
    send(answer);
}

void Admin::on(const lp::PopupCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.kind = Window::Kind::popup;
    window.parent = create.parent;
    window.positioner = create.positioner;
    window.grab = create.grab;
    check(create.grab, "popup_create", true);
    place(create.window, window, 0);
}

void Admin::on(const lp::PopupReposition& wish) {
    if (Window* window = find(wish.window)) {
        window->positioner = wish.positioner;
        place(wish.window, *window, wish.token);
    }
}

void Admin::place(lp::WindowId id, Window& popup, std::uint32_t reposition) {
    // Below the anchor box, which is right for the menus that the tests open.
    const lp::Positioner& wanted = popup.positioner;
    auto answer = configure(id, wanted.width, wanted.height);
    answer.x = lp::Coordinate::clamped(wanted.anchor_x.get());
    answer.y = lp::Coordinate::clamped(wanted.anchor_y + wanted.anchor_height);
    answer.reposition = reposition;
    popup.x = answer.x;
    popup.y = answer.y;
    send(answer);
}

void Admin::on(const lp::UnmanagedCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.kind = Window::Kind::unmanaged;
    window.parent = create.owner;
    window.x = create.x;
    window.y = create.y;
    window.width = create.width;
    window.height = create.height;
    auto answer = configure(create.window, create.width, create.height);
    answer.x = create.x;
    answer.y = create.y;
    send(answer);
}

void Admin::on(const lp::UnmanagedPlace& place) {
    if (Window* window = find(place.window)) {
        window->x = place.x;
        window->y = place.y;
        window->width = place.width;
        window->height = place.height;
    }
}

void Admin::on(const lp::Title& title) {
    if (Window* window = find(title.window)) {
        window->title = title.text.view();
    }
}

void Admin::on(const lp::AppId& app_id) {
    if (Window* window = find(app_id.window)) {
        window->app_id = app_id.text.view();
    }
}

void Admin::on(const lp::SizeLimits& limits) {
    if (Window* window = find(limits.window)) {
        window->limits = limits;
    }
}

void Admin::on(const lp::WindowKind& kind) {
    if (Window* window = find(kind.window)) {
        window->type = kind.type;
    }
}

void Admin::on(const lp::WindowParent& change) {
    check_toplevel(change.window, "window_parent");
    if (change.parent) {
        check_toplevel(*change.parent, "window_parent");
    }
    Window* window = find(change.window);
    if (window == nullptr) {
        return;
    }
    for (auto above = change.parent; above; above = windows.at(above->get()).parent) {
        if (*above == change.window) {
            fail("window_parent makes a circle");
        }
    }
    window->parent = change.parent;
}

void Admin::on(const lp::WindowDestroy& destroy) {
    if (refused_.erase(destroy.window.get()) != 0) {
        return;
    }
    for (const auto& [id, window] : windows) {
        if (window.kind != Window::Kind::toplevel && window.parent == destroy.window) {
            fail("a window is destroyed before the popups on it");
        }
    }
    for (auto& [id, window] : windows) {
        if (window.kind == Window::Kind::toplevel && window.parent == destroy.window) {
            window.parent.reset();
        }
    }
    tokens_.erase(windows.at(destroy.window.get()).token);
    windows.erase(destroy.window.get());
    shown_buffer_.erase(destroy.window.get());
}

lp::Configure Admin::configure(lp::WindowId window, int width, int height, bool activated) {
    lp::Configure configure{.window = window,
                            .serial = ++serial_,
                            .width = lp::ExtentOrNone::clamped(width),
                            .height = lp::ExtentOrNone::clamped(height),
                            .bounds_width = 1920,
                            .bounds_height = 1080,
                            .scale = scale};
    configure.states.set(lp::WindowState::activated, activated);
    windows.at(window.get()).configured = configure.serial;
    return configure;
}

Window* Admin::toplevel() {
    for (auto it = windows.rbegin(); it != windows.rend(); ++it) {
        if (it->second.kind == Window::Kind::toplevel) {
            return &it->second;
        }
    }
    return nullptr;
}

lp::WindowId Admin::id_of(const Window& wanted) const {
    for (const auto& [id, window] : windows) {
        if (&window == &wanted) {
            return *lp::WindowId::from(id);
        }
    }
    fail("no such window");
}

Window& Admin::shown(Window::Kind kind, const std::function<bool(const Window&)>& which) {
    Window* found = nullptr;
    if (!until([&] {
            for (auto& [id, window] : windows) {
                // A toplevel draws before our first configure and once more after it.
                if (window.kind == kind && window.commits > 0 &&
                    (kind != Window::Kind::toplevel || window.answered == window.configured) &&
                    !window.last_commit.layers.empty() && (!which || which(window))) {
                    found = &window;
                }
            }
            return found != nullptr;
        })) {
        fail(connected() ? "no such window was shown" : "the agent ended the connection");
    }
    return *found;
}

}  // namespace leadlight::agent_test
