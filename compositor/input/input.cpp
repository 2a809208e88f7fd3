// SPDX-License-Identifier: MIT
#include "compositor/input/input.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/server.hpp"

#include <utility>

namespace leadlight::compositor {

namespace {

// In the trusted bar.
const char* mode_text(policy::Mode mode) {
    switch (mode) {
    case policy::Mode::person_drag:
        return "move";
    case policy::Mode::switcher:
        return "switch";
    default:
        return "";
    }
}

/// The person's, and its text for guests.
struct Keymaps {
    XkbKeymap own;
    GuestKeymap for_guests;
};

std::expected<Keymaps, std::string> keymaps_of(const KeyboardConfig& keyboard) {
    auto own = compile_keymap(keyboard);
    if (!own) {
        return std::unexpected(own.error());
    }
    auto for_guests =
        GuestKeymap::create(own->get(), {keyboard.repeat_rate, keyboard.repeat_delay});
    if (!for_guests) {
        return std::unexpected(for_guests.error());
    }
    return Keymaps{std::move(*own), std::move(*for_guests)};
}

}  // namespace

std::expected<std::unique_ptr<Input>, std::string> Input::create(Server& server,
                                                                 const Config& config) {
    auto keymaps = keymaps_of(config.keyboard);
    if (!keymaps) {
        return std::unexpected(keymaps.error());
    }
    std::unique_ptr<Input> input(
        new Input(server, config, std::move(keymaps->own), std::move(keymaps->for_guests)));
    input->connect();
    server.desktop->set_listener(input.get());
    server.guest_listener = input.get();
    return input;
}

Input::Input(Server& server, const Config& config, XkbKeymap keymap, GuestKeymap guest_keymap)
    : server_(server), desktop_(*server.desktop), hotkeys_(config.hotkeys),
      guest_keymap_(std::move(guest_keymap)), cursor_(server, config.appearance),
      devices_(server, cursor_.wlr(), config, std::move(keymap)),
      seat_(server.display, devices_.keyboard()),
      recipients_(desktop_, seat_.wlr(), devices_.keymap()), look_(cursor_), frame_hand_(desktop_),
      constraints_(desktop_,
                   [this](Window& window, bool active) {
                       if (Guest* guest = server_.domains->guest(window.domain())) {
                           guest->send(protocol::ConstraintState{.window = Guest::wire_id(window),
                                                                 .active = active});
                       }
                   }),
      menus_(desktop_), drag_icon_(desktop_), idle_inhibitors_(server) {
    const auto tell_capabilities = [this] {
        wlr_seat_set_capabilities(seat_.wlr(), devices_.capabilities());
    };
    tell_capabilities();
    devices_.on_capabilities = tell_capabilities;
}

Input::~Input() {
    desktop_.set_listener(nullptr);
    server_.guest_listener = nullptr;
    if (settle_source_ != nullptr) {
        wl_event_source_remove(settle_source_);
    }
}

void Input::connect() {
    wlr_cursor* cursor = cursor_.wlr();
    const auto by_reference = [this](auto method) {
        return [this, method](auto* event) { (this->*method)(*event); };
    };
    on_key_.connect(devices_.keyboard()->events.key, by_reference(&Input::key));
    // Sent after the state has the key, so locks and layout are right by now.
    on_modifiers_.connect(devices_.keyboard()->events.modifiers, [this] {
        if (Recipient* focused = recipients_.find(owner_.focused())) {
            focused->locks_changed(devices_.state());
        }
    });
    on_motion_.connect(cursor->events.motion, by_reference(&Input::motion));
    on_motion_absolute_.connect(cursor->events.motion_absolute,
                                by_reference(&Input::motion_absolute));
    on_button_.connect(cursor->events.button, by_reference(&Input::button));
    on_axis_.connect(cursor->events.axis, by_reference(&Input::axis));
    on_frame_.connect(cursor->events.frame, [this] { recipients_.pointer_frame(); });
    on_touch_down_.connect(cursor->events.touch_down, by_reference(&Input::touch_down));
    on_touch_motion_.connect(cursor->events.touch_motion, by_reference(&Input::touch_motion));
    on_touch_up_.connect(cursor->events.touch_up, by_reference(&Input::touch_up));
    on_touch_cancel_.connect(cursor->events.touch_cancel, [this] { touch_cancelled(); });
    on_touch_frame_.connect(cursor->events.touch_frame, [this] { recipients_.touch_frame(); });
    on_request_cursor_.connect(seat()->events.request_set_cursor,
                               [this](wlr_seat_pointer_request_set_cursor_event* request) {
                                   if (pointer_is_on(request->seat_client)) {
                                       look_.set_admin_surface(request->surface, request->hotspot_x,
                                                               request->hotspot_y);
                                   }
                               });
}

std::expected<void, std::string> Input::configure(const Config& config) {
    auto keymaps = keymaps_of(config.keyboard);
    if (!keymaps) {
        return std::unexpected(keymaps.error());
    }
    guest_keymap_ = std::move(keymaps->for_guests);
    hotkeys_ = config.hotkeys;
    cursor_.configure(config.appearance);
    devices_.configure(config, std::move(keymaps->own));
    // Codes mean something else now: nobody keeps a key down over it.
    deliver(owner_.focus({}), now());
    recipients_.keymap(devices_.keymap());
    for (const Domain* domain : server_.domains->all()) {
        Guest* guest = domain->guest();
        if (guest != nullptr && recipients_.find_guest(guest->id()) != nullptr) {
            guest_keymap_.send(*guest);
        }
    }
    told_focus_ = {};
    update_focus();
    return {};
}

void Input::set_admin_surfaces(AdminSurfaces* surfaces) {
    surfaces_ = surfaces;
    recipients_.admin().set_surfaces(surfaces);
}

void Input::person_is_active() const {
    if (on_activity) {
        on_activity();
    }
}

void Input::deliver(const policy::Deliveries& deliveries, policy::Time time, const Scroll* scroll) {
    for (const policy::Delivery& delivery : deliveries) {
        const auto finger = fingers_.find(delivery.code);
        recipients_.tell(delivery,
                         {.time = time,
                          .pointer = pointer(),
                          .finger = finger != fingers_.end() ? finger->second : LayoutPoint{},
                          .scroll = scroll,
                          .keyboard = devices_.state()});
        if (delivery.kind == policy::Delivery::Kind::pointer_leave) {
            look_.forget(delivery.to);
        }
    }
}

void Input::change_mode(const std::optional<policy::ModeChange>& change) {
    if (!change) {
        return;
    }
    if (change->finish_drag && drag_) {
        drag_->finish();
        drag_.reset();
        drag_finger_.reset();
    }
    if (change->dismiss_popups) {
        menus_.clear();
        desktop_.dismiss_popups();
        if (surfaces_ != nullptr) {
            surfaces_->dismiss_menus();
        }
    }
    if (change->silences_guests) {
        constraints_.end();
        drag_icon_.put_down();
        recipients_.drop_nowhere();
    }
    deliver(owner_.guests_hear(policy::guests_hear(change->after)), now());
    // Releases and leaves are complete in themselves; no device's frame follows them.
    recipients_.pointer_frame();
    recipients_.touch_frame();
    if (change->focus_changes) {
        update_focus();
    }
    server_.outputs->set_mode_text(mode_text(change->after), !focus_is_shown(change->after));
}

// Whose keys are: a layer surface's, else the focused window's. In this order: releases to the old
// domain, then its loss, then the gain of the new one.
void Input::update_focus() {
    const Window* window = desktop_.focused();
    policy::DomainId domain = window != nullptr ? window->domain() : policy::DomainId{};
    policy::WindowId target = window != nullptr ? window->id() : policy::WindowId{};
    if (layer_focus_) {
        domain = admin_domain;
        target = layer_focus_;
    }
    if (!focus_is_shown(mode_.mode())) {
        domain = {};
    }
    if (!menus_.empty() && !menus_.open_in(domain)) {
        change_mode(mode_.leave(policy::Mode::guest_grab));  // a menu goes with the focus
    }
    deliver(owner_.focus(domain), now());
    if (told_focus_ != domain) {
        constraints_.end();
        if (Recipient* old = recipients_.find(told_focus_)) {
            old->focus({}, devices_.state());
        }
    }
    told_focus_ = domain;
    if (Recipient* focused = recipients_.find(domain)) {
        focused->focus(target, devices_.state());
    }
}

void Input::focus_layer_surface(policy::WindowId id) {
    if (layer_focus_ == id) {
        return;
    }
    layer_focus_ = id;
    server_.outputs->set_keys_to(
        id ? std::optional(theming::Identity::admin(std::string(admin_name))) : std::nullopt);
    update_focus();
}

void Input::show_admin_shape(const wlr_seat_client* client, const char* shape) {
    if (pointer_is_on(client)) {
        look_.set_admin_shape(shape);
    }
}

bool Input::pointer_is_on(const wlr_seat_client* client) const {
    return owner_.hovered() == admin_domain && client == seat()->pointer_state.focused_client;
}

}  // namespace leadlight::compositor
