// SPDX-License-Identifier: MIT
// A Wayland program by script, inside the test: it binds what it is told to bind, and keeps every
// event of every object until the test asks for it. One dispatcher serves all interfaces, so a new
// protocol needs no new listeners here.
#pragma once

#include "shm-grants/descriptor.hpp"
#include "tests/fixture/process.hpp"

#include <wayland-client.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace leadlight::agent_test {

struct Event {
    struct Argument {
        /// Integers as they are, wl_fixed as its value.
        double number = 0;
        std::string text;
        wl_proxy* object = nullptr;
        std::vector<std::uint32_t> array;
        std::shared_ptr<grants::Descriptor> file;
    };
    wl_proxy* from = nullptr;
    std::string name;
    std::vector<Argument> arguments;

    double number(std::size_t i) const { return arguments.at(i).number; }
    int integer(std::size_t i) const { return static_cast<int>(number(i)); }
    std::uint32_t serial(std::size_t i) const { return static_cast<std::uint32_t>(number(i)); }
    const std::string& text(std::size_t i) const { return arguments.at(i).text; }
    template <class Proxy>
    Proxy* object(std::size_t i) const {
        return reinterpret_cast<Proxy*>(arguments.at(i).object);
    }
};

class Client {
  public:
    using Wanted = std::function<bool(const Event&)>;

    /// `others` is run while this one waits.
    explicit Client(const std::string& socket, std::function<void()> others = [] {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    wl_display* display() const { return display_; }
    /// What the compositor offers, by interface, with its version.
    const std::map<std::string, std::uint32_t>& globals() const { return globals_; }

    /// The global of that interface, bound once. Throws where it is not offered.
    template <class Proxy>
    Proxy* global(const wl_interface& interface) {
        return reinterpret_cast<Proxy*>(bind(interface));
    }
    /// An object made by a request; its events are kept from now on.
    template <class Proxy>
    Proxy* follow(Proxy* made) {
        keep_events(reinterpret_cast<wl_proxy*>(made));
        return made;
    }
    /// Ends an object by its own request.
    template <class Proxy>
    void end(Proxy* object, void (*request)(Proxy*)) {
        forget(reinterpret_cast<wl_proxy*>(object));
        request(object);
        wl_display_flush(display_);
    }
    /// Called at each event of the object, which then is not kept.
    void on(void* object, std::function<void(const Event&)> handler) {
        handlers_[static_cast<wl_proxy*>(object)] = std::move(handler);
    }

    /// Takes the oldest event of that name out of what was heard, waiting for it. Throws when none
    /// comes.
    Event hears(const void* object, const std::string& name, const Wanted& wanted = {});
    /// How many were heard by now.
    int heard(const void* object, const std::string& name);
    void forgets();
    /// Until the compositor has done all that was asked before.
    void settle();
    /// Takes in what has come by now.
    void pump();
    /// The compositor ended the connection: a protocol error.
    bool failed() const { return wl_display_get_error(display_) != 0; }

    /// The most that this program knows of wl_seat.
    std::uint32_t seat_version = 100;

    wl_compositor* compositor();
    wl_seat* seat();
    wl_pointer* pointer();
    wl_keyboard* keyboard();
    wl_touch* touch();

  private:
    static int dispatch(const void*, void* target, std::uint32_t, const wl_message* message,
                        wl_argument* arguments);
    wl_proxy* bind(const wl_interface& interface);
    void keep_events(wl_proxy* proxy);
    void forget(wl_proxy* proxy);
    void take(Event event);

    wl_display* display_;
    wl_registry* registry_;
    std::function<void()> others_;
    std::map<std::string, std::uint32_t> globals_;
    std::map<std::string, std::uint32_t> names_;
    std::map<std::string, wl_proxy*> bound_;
    std::set<wl_proxy*> followed_;
    std::map<wl_proxy*, std::function<void(const Event&)>> handlers_;
    std::deque<Event> events_;
    wl_pointer* pointer_ = nullptr;
    wl_keyboard* keyboard_ = nullptr;
    wl_touch* touch_ = nullptr;
};

}  // namespace leadlight::agent_test
