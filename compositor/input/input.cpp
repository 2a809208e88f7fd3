// SPDX-License-Identifier: MIT
#include "compositor/input/input.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/log.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/server.hpp"

#include <cstdlib>
#include <cstring>
#include <utility>

namespace leadlight::compositor {

namespace {

using Kind = policy::Delivery::Kind;

struct KeymapText {
    grants::Descriptor file;
    std::uint32_t size = 0;
};

// The text as guests get it: the very keymap that the keyboards have.
std::expected<KeymapText, std::string> keymap_text(xkb_keymap* keymap) {
    const std::unique_ptr<char, decltype(&std::free)> text(
        xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1), std::free);
    const std::size_t size = text ? std::strlen(text.get()) : 0;
    if (size == 0 || size > protocol::max_keymap) {
        return std::unexpected("the keymap is too large to be passed on");
    }
    auto file = records::make_sealed_file("leadlight-keymap",
                                          {reinterpret_cast<std::byte*>(text.get()), size});
    if (!file) {
        return std::unexpected("no memory file for the keymap: " +
                               std::string(to_string(file.error())));
    }
    return KeymapText{std::move(*file), static_cast<std::uint32_t>(size)};
}

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

policy::InputOwner::Gates gates_of(policy::Mode mode) {
    const bool open = policy::guests_hear(mode);
    return {.keys = open, .pointer = open, .touch = open};
}

}  // namespace

std::expected<std::unique_ptr<Input>, std::string> Input::create(Server& server,
                                                                 const Config& config) {
    auto keymap = compile_keymap(config.keyboard);
    if (!keymap) {
        return std::unexpected(keymap.error());
    }
    auto text = keymap_text(keymap->get());
    if (!text) {
        return std::unexpected(text.error());
    }
    std::unique_ptr<Input> input(
        new Input(server, config, std::move(*keymap), std::move(text->file)));
    input->keymap_size_ = text->size;
    input->connect();
    server.desktop->set_listener(input.get());
    return input;
}

Input::Input(Server& server, const Config& config, XkbKeymap keymap, grants::Descriptor keymap_file)
    : server_(server), desktop_(*server.desktop), hotkeys_(config.hotkeys),
      repeat_{config.keyboard.repeat_rate, config.keyboard.repeat_delay},
      keymap_file_(std::move(keymap_file)), cursor_(server, config.appearance),
      devices_(server, cursor_.wlr(), config, std::move(keymap)),
      seat_(wlr_seat_create(server.display, "seat0")),
      admin_(*server.desktop, seat_, devices_.keymap()),
      constraints_(desktop_, [this](Window& window, bool active) {
          if (Guest* guest = server_.domains->guest(window.domain())) {
              guest->send(
                  protocol::ConstraintState{.window = Guest::wire_id(window), .active = active});
          }
      }) {
    wlr_seat_set_keyboard(seat_, devices_.keyboard());
    wlr_seat_set_capabilities(seat_, devices_.capabilities());
    devices_.on_capabilities = [this] {
        wlr_seat_set_capabilities(seat_, devices_.capabilities());
    };
}

Input::~Input() {
    desktop_.set_listener(nullptr);
    if (idle_ != nullptr) {
        wl_event_source_remove(idle_);
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
        if (Recipient* focused = recipient(owner_.focused())) {
            focused->locks_changed(devices_.state());
        }
    });
    on_motion_.connect(cursor->events.motion, by_reference(&Input::motion));
    on_motion_absolute_.connect(cursor->events.motion_absolute,
                                by_reference(&Input::motion_absolute));
    on_button_.connect(cursor->events.button, by_reference(&Input::button));
    on_axis_.connect(cursor->events.axis, by_reference(&Input::axis));
    on_frame_.connect(cursor->events.frame, [this] { frame(); });
    on_touch_down_.connect(cursor->events.touch_down, by_reference(&Input::touch_down));
    on_touch_motion_.connect(cursor->events.touch_motion, by_reference(&Input::touch_motion));
    on_touch_up_.connect(cursor->events.touch_up, by_reference(&Input::touch_up));
    on_touch_cancel_.connect(cursor->events.touch_cancel, [this] { touch_cancelled(); });
    on_touch_frame_.connect(cursor->events.touch_frame, [this] { touch_frame(); });

    // Requests of admin programs; the seat has checked their serials.
    on_request_cursor_.connect(
        seat_->events.request_set_cursor,
        [this](wlr_seat_pointer_request_set_cursor_event* request) {
            if (owner_.hovered() == admin_domain &&
                request->seat_client == seat_->pointer_state.focused_client) {
                admin_cursor_ = true;
                cursor_.show_surface(request->surface, request->hotspot_x, request->hotspot_y);
            }
        });
    on_selection_.connect(seat_->events.request_set_selection,
                          [this](wlr_seat_request_set_selection_event* request) {
                              wlr_seat_set_selection(seat_, request->source, request->serial);
                          });
    on_primary_selection_.connect(seat_->events.request_set_primary_selection,
                                  [this](wlr_seat_request_set_primary_selection_event* request) {
                                      wlr_seat_set_primary_selection(seat_, request->source,
                                                                     request->serial);
                                  });
    on_start_drag_.connect(
        seat_->events.request_start_drag, [this](wlr_seat_request_start_drag_event* request) {
            if (wlr_seat_validate_pointer_grab_serial(seat_, request->origin, request->serial)) {
                wlr_seat_start_pointer_drag(seat_, request->drag, request->serial);
            } else {
                wlr_data_source_destroy(request->drag->source);
            }
        });
}

std::expected<void, std::string> Input::configure(const Config& config) {
    auto keymap = compile_keymap(config.keyboard);
    if (!keymap) {
        return std::unexpected(keymap.error());
    }
    auto text = keymap_text(keymap->get());
    if (!text) {
        return std::unexpected(text.error());
    }
    keymap_file_ = std::move(text->file);
    keymap_size_ = text->size;
    hotkeys_ = config.hotkeys;
    repeat_ = {config.keyboard.repeat_rate, config.keyboard.repeat_delay};
    cursor_.configure(config.appearance);
    devices_.configure(config, std::move(*keymap));
    admin_.keymap(devices_.keymap());
    // Codes mean something else now: nobody keeps a key down over it.
    deliver(owner_.focus({}), now());
    for (const auto& [id, guest] : guests_) {
        guest->keymap(devices_.keymap());
        if (Guest* connected = server_.domains->guest(id)) {
            send_keymap(*connected);
        }
    }
    told_focus_ = {};
    update_focus();
    return {};
}

void Input::set_admin_surfaces(AdminSurfaces* surfaces) {
    surfaces_ = surfaces;
    admin_.set_surfaces(surfaces);
}

GuestRecipient* Input::guest_recipient(policy::DomainId domain) {
    const auto found = guests_.find(domain);
    return found == guests_.end() ? nullptr : found->second.get();
}

Recipient* Input::recipient(policy::DomainId domain) {
    return domain == admin_domain ? static_cast<Recipient*>(&admin_) : guest_recipient(domain);
}

void Input::deliver(const policy::Deliveries& deliveries, policy::Time time, const Scroll* scroll) {
    for (const policy::Delivery& delivery : deliveries) {
        Recipient* to = recipient(delivery.to);
        if (to == nullptr) {
            continue;
        }
        switch (delivery.kind) {
        case Kind::key_press:
        case Kind::key_release:
            to->key(delivery.code, delivery.kind == Kind::key_press, time, devices_.state());
            break;
        case Kind::pointer_enter:
            to->pointer_enter(delivery.window, pointer());
            break;
        case Kind::pointer_leave:
            to->pointer_leave(delivery.window);
            // Who comes back is asked anew, and starts with the plain shape.
            wishes_.erase(delivery.to);
            admin_cursor_ = admin_cursor_ && delivery.to != admin_domain;
            break;
        case Kind::pointer_motion:
            to->pointer_motion(delivery.window, delivery.under, pointer(), time);
            break;
        case Kind::button_press:
        case Kind::button_release:
            to->button(delivery.code, delivery.kind == Kind::button_press, time);
            break;
        case Kind::pointer_axis:
            if (scroll != nullptr) {
                to->scroll(*scroll, time);
            }
            break;
        case Kind::touch_down:
            to->touch_down(delivery.code, delivery.window, fingers_[delivery.code], time);
            break;
        case Kind::touch_motion:
            to->touch_motion(delivery.code, fingers_[delivery.code], time);
            break;
        case Kind::touch_up:
            to->touch_up(delivery.code, time);
            break;
        case Kind::touch_cancel:
            to->touch_cancel();
            break;
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
        put_down_drag_icon();
    }
    deliver(owner_.gates(gates_of(change->after)), now());
    // Releases and leaves are complete in themselves; no device's frame follows them.
    frame();
    touch_frame();
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
    if (!menus_.empty() && !menus_open_in(domain)) {
        change_mode(mode_.leave(policy::Mode::guest_grab));  // a menu goes with the focus
    }
    deliver(owner_.focus(domain), now());
    if (told_focus_ != domain) {
        constraints_.end();
        if (Recipient* old = recipient(told_focus_)) {
            old->focus({}, devices_.state());
        }
    }
    told_focus_ = domain;
    if (Recipient* focused = recipient(domain)) {
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
    if (owner_.hovered() == admin_domain && client == seat_->pointer_state.focused_client) {
        admin_cursor_ = true;
        cursor_.show(shape);
    }
}

void Input::send_keymap(Guest& guest) {
    guest.send_with_file(
        protocol::KeymapFile{.size = decltype(protocol::KeymapFile::size)::clamped(keymap_size_)},
        keymap_file_.get());
    guest.send(repeat_);
}

}  // namespace leadlight::compositor
