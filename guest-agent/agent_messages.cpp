// SPDX-License-Identifier: MIT
// What the admin domain says about windows, buffers and the screen.
#include "guest-agent/agent.hpp"

namespace leadlight::agent {

void Agent::present_all() {
    for (Window* window : windows_.all()) {
        window->present();
    }
}

void Agent::on(const protocol::Refused& message) {
    if (message.kind == protocol::RefusedKind::window) {
        if (const auto id = protocol::WindowId::from(message.id)) {
            if (Window* window = windows_.find(*id)) {
                window->refused();
            }
        }
        return;
    }
    if (const auto id = protocol::PoolId::from(message.id)) {
        const auto pause = pools_.refused(*id);
        for (Window* window : windows_.all()) {
            window->buffers().refused(*id);
        }
        if (pause) {
            ask_again_after(*pause);
        }
        // Fewer pages may do, and who wanted a second buffer draws over its first.
        present_all();
    }
}

void Agent::on(const protocol::Keymap& message) {
    seat_.set_keymap(message);
}

void Agent::on(const protocol::Repeat& message) {
    seat_.set_repeat(message);
}

void Agent::on(const protocol::Output& message) {
    output_.configure(message);
    if (xwayland_) {
        xwayland_->output_changed();
    }
}

void Agent::on(const protocol::Configure& message) {
    if (Window* window = windows_.find(message.window)) {
        window->configured(message);
    }
}

void Agent::on(const protocol::Frame& message) {
    if (Window* window = windows_.find(message.window)) {
        window->frame();
    }
}

void Agent::on(const protocol::Release& message) {
    for (Window* window : windows_.all()) {
        if (window->buffers().released(message.buffer)) {
            // It may come after `frame`, and be what the next commit waits for.
            window->present();
        }
    }
}

void Agent::on(const protocol::Presented& message) {
    if (Window* window = windows_.find(message.window)) {
        window->presented(message);
    }
}

void Agent::on(const protocol::Hidden& message) {
    if (Window* window = windows_.find(message.window)) {
        window->set_hidden(message.hidden);
    }
}

void Agent::on(const protocol::PoolReady& message) {
    pools_.ready(message.pool);
    present_all();
}

void Agent::on(const protocol::PoolUnmapped& message) {
    pools_.unmapped(message.pool);
    // Room for windows that found none.
    present_all();
}

void Agent::on(const protocol::Close& message) {
    if (Window* window = windows_.find(message.window)) {
        window->close();
    }
}

void Agent::on(const protocol::Kill& message) {
    if (Window* window = windows_.find(message.window)) {
        window->kill();
    }
}

void Agent::on(const protocol::Ping& message) {
    connection_.send(protocol::Pong{message.serial});
}

void Agent::on(const protocol::PopupDone& message) {
    if (Window* window = windows_.find(message.window)) {
        window->dismiss();
    }
}

}  // namespace leadlight::agent
