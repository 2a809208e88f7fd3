// SPDX-License-Identifier: MIT
// A typed wl_listener that disconnects itself. A handler may destroy its own Listener, and the
// object that holds it: the handler lives on until it returned, while the listener is unlinked at
// once, because wlroots asserts that some signals have no listener left after they were sent.
#pragma once

#include <wayland-server-core.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace leadlight {

/// `Payload` is what the signal's data points to; `Listener<>` takes no data.
template <class Payload = void>
class Listener {
    static constexpr bool has_payload = !std::is_void_v<Payload>;

  public:
    using Handler =
        typename std::conditional_t<has_payload, std::type_identity<std::function<void(Payload*)>>,
                                    std::type_identity<std::function<void()>>>::type;

    Listener() = default;
    Listener(wl_signal& signal, Handler handler) { connect(signal, std::move(handler)); }
    Listener(Listener&&) noexcept = default;
    Listener& operator=(Listener&& other) noexcept {
        if (this != &other) {
            disconnect();
            connection_ = std::move(other.connection_);
        }
        return *this;
    }
    ~Listener() { disconnect(); }

    void connect(wl_signal& signal, Handler handler) {
        disconnect();
        connection_ = std::make_shared<Connection>();
        connection_->handler = std::move(handler);
        connection_->self = connection_;
        connection_->listener.notify = notify;
        wl_signal_add(&signal, &connection_->listener);
    }
    void disconnect() {
        if (!connection_) {
            return;
        }
        wl_list_remove(&connection_->listener.link);
        connection_.reset();
    }
    bool connected() const { return connection_ != nullptr; }

  private:
    // The listener is first and the struct has standard layout up to it: libwayland gives back a
    // pointer to the listener, which is one to the connection.
    struct Connection {
        wl_listener listener{};
        Handler handler;
        std::weak_ptr<Connection> self;
    };

    // noexcept: an exception must not pass through the C code that called.
    static void notify(wl_listener* listener, void* data) noexcept {
        const auto connection = reinterpret_cast<Connection*>(listener)->self.lock();
        if constexpr (has_payload) {
            connection->handler(static_cast<Payload*>(data));
        } else {
            connection->handler();
        }
    }

    std::shared_ptr<Connection> connection_;
};

}  // namespace leadlight
