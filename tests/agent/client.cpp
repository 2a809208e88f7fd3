// SPDX-License-Identifier: MIT
#include "tests/agent/client.hpp"

#include <algorithm>
#include <cctype>
#include <poll.h>
#include <stdexcept>
#include <string_view>

namespace leadlight::agent_test {
namespace {

/// The argument types of a message: its signature without versions and marks.
std::string types_of(const wl_message& message) {
    std::string types;
    for (const char* letter = message.signature; *letter != '\0'; ++letter) {
        if (std::isdigit(static_cast<unsigned char>(*letter)) == 0 && *letter != '?') {
            types += *letter;
        }
    }
    return types;
}

}  // namespace

Client::Client(const std::string& socket, std::function<void()> others)
    : display_(wl_display_connect(socket.c_str())), others_(std::move(others)) {
    if (display_ == nullptr) {
        throw std::runtime_error("no Wayland compositor at " + socket);
    }
    registry_ = follow(wl_display_get_registry(display_));
    on(registry_, [this](const Event& event) {
        if (event.name != "global") {
            return;
        }
        names_[event.text(1)] = event.serial(0);
        globals_[event.text(1)] = event.serial(2);
    });
    settle();
}

Client::~Client() {
    // Without their requests: the connection ends them all.
    for (wl_proxy* proxy : followed_) {
        wl_proxy_destroy(proxy);
    }
    wl_display_disconnect(display_);
}

wl_proxy* Client::bind(const wl_interface& interface) {
    wl_proxy*& bound = bound_[interface.name];
    if (bound != nullptr) {
        return bound;
    }
    if (!names_.contains(interface.name)) {
        throw std::runtime_error(std::string("not offered: ") + interface.name);
    }
    std::uint32_t version =
        std::min(globals_[interface.name], static_cast<std::uint32_t>(interface.version));
    if (&interface == &wl_seat_interface) {
        version = std::min(version, seat_version);
    }
    bound = static_cast<wl_proxy*>(
        wl_registry_bind(registry_, names_[interface.name], &interface, version));
    keep_events(bound);
    return bound;
}

void Client::keep_events(wl_proxy* proxy) {
    followed_.insert(proxy);
    wl_proxy_add_dispatcher(proxy, dispatch, nullptr, this);
}

void Client::forget(wl_proxy* proxy) {
    followed_.erase(proxy);
    handlers_.erase(proxy);
    // Its address may be another's soon.
    std::erase_if(events_, [&](const Event& event) { return event.from == proxy; });
}

int Client::dispatch(const void*, void* target, std::uint32_t, const wl_message* message,
                     wl_argument* arguments) {
    auto* proxy = static_cast<wl_proxy*>(target);
    auto* self = static_cast<Client*>(wl_proxy_get_user_data(proxy));
    Event event{.from = proxy, .name = message->name};
    for (std::size_t i = 0; const char type : types_of(*message)) {
        const wl_argument& from = arguments[i++];
        Event::Argument& to = event.arguments.emplace_back();
        switch (type) {
        case 'i':
            to.number = from.i;
            break;
        case 'u':
            to.number = from.u;
            break;
        case 'f':
            to.number = wl_fixed_to_double(from.f);
            break;
        case 's':
            to.text = from.s == nullptr ? "" : from.s;
            break;
        case 'o':
            to.object = reinterpret_cast<wl_proxy*>(from.o);
            break;
        case 'n':
            to.object = reinterpret_cast<wl_proxy*>(from.o);
            if (to.object != nullptr) {
                self->keep_events(to.object);
            }
            break;
        case 'a': {
            const auto* first = static_cast<const std::uint32_t*>(from.a->data);
            to.array.assign(first, first + from.a->size / sizeof *first);
            break;
        }
        case 'h':
            to.file = std::make_shared<grants::Descriptor>(from.h);
            break;
        default:
            throw std::logic_error("an argument of unknown type");
        }
    }
    self->take(std::move(event));
    return 0;
}

void Client::take(Event event) {
    if (const auto found = handlers_.find(event.from); found != handlers_.end()) {
        // The handler may end the object, and with it itself.
        const auto handler = found->second;
        handler(event);
        return;
    }
    events_.push_back(std::move(event));
}

void Client::pump() {
    while (wl_display_prepare_read(display_) != 0) {
        if (wl_display_dispatch_pending(display_) < 0) {
            throw std::runtime_error("the compositor ended the connection");
        }
    }
    wl_display_flush(display_);
    pollfd waiting{wl_display_get_fd(display_), POLLIN, 0};
    if (poll(&waiting, 1, 0) > 0) {
        wl_display_read_events(display_);
    } else {
        wl_display_cancel_read(display_);
    }
    wl_display_dispatch_pending(display_);
    wl_display_flush(display_);
}

void Client::settle() {
    if (wl_display_roundtrip(display_) < 0) {
        throw std::runtime_error("the compositor ended the connection");
    }
}

Event Client::hears(const void* object, const std::string& name, const Wanted& wanted) {
    Event result;
    fixture::wait_until(
        [&] {
            others_();
            pump();
            const auto found = std::ranges::find_if(events_, [&](const Event& event) {
                return event.from == object && event.name == name && (!wanted || wanted(event));
            });
            if (found == events_.end()) {
                return false;
            }
            result = std::move(*found);
            events_.erase(found);
            return true;
        },
        "the program waits in vain for " + name);
    return result;
}

int Client::heard(const void* object, const std::string& name) {
    pump();
    return static_cast<int>(std::ranges::count_if(
        events_, [&](const Event& event) { return event.from == object && event.name == name; }));
}

void Client::forgets() {
    pump();
    events_.clear();
}

wl_compositor* Client::compositor() {
    return global<wl_compositor>(wl_compositor_interface);
}

wl_seat* Client::seat() {
    return global<wl_seat>(wl_seat_interface);
}

wl_pointer* Client::pointer() {
    if (pointer_ == nullptr) {
        pointer_ = follow(wl_seat_get_pointer(seat()));
    }
    return pointer_;
}

wl_keyboard* Client::keyboard() {
    if (keyboard_ == nullptr) {
        keyboard_ = follow(wl_seat_get_keyboard(seat()));
    }
    return keyboard_;
}

wl_touch* Client::touch() {
    if (touch_ == nullptr) {
        touch_ = follow(wl_seat_get_touch(seat()));
    }
    return touch_;
}

}  // namespace leadlight::agent_test
