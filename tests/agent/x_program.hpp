// SPDX-License-Identifier: MIT
// An X11 program by script, inside the test: windows of one colour, their properties and what the
// server and the window manager tell them.
#pragma once

#include <xcb/xcb.h>
#include <xcb/xcb_icccm.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace leadlight::agent_test {

class XProgram {
  public:
    struct FreeEvent {
        void operator()(xcb_generic_event_t* event) const { std::free(event); }
    };
    using Event = std::unique_ptr<xcb_generic_event_t, FreeEvent>;

    /// `others` is run while this one waits.
    XProgram(const std::string& display, std::function<void()> others);
    ~XProgram();
    XProgram(const XProgram&) = delete;
    XProgram& operator=(const XProgram&) = delete;

    xcb_connection_t* x() const { return x_; }
    xcb_window_t root() const { return screen_->root; }
    xcb_atom_t atom(const std::string& name);

    xcb_window_t window(std::uint32_t colour, int width, int height, bool override_redirect = false,
                        int x = 0, int y = 0);
    void set_text(xcb_window_t window, const std::string& property, const std::string& text);
    void set_atoms(xcb_window_t window, const std::string& property,
                   const std::vector<std::string>& atoms);
    /// A property as it is; none: it is not there, or its window is no more.
    std::string bytes(xcb_window_t window, xcb_atom_t property);
    /// A property of numbers or atoms; none: it is not there.
    std::vector<std::uint32_t> words(xcb_window_t window, const std::string& property);
    void map(xcb_window_t window);
    /// To the root, for the window manager.
    void asks(xcb_window_t window, const std::string& type, std::vector<std::uint32_t> data);
    xcb_window_t focus();

    /// Takes the oldest event for which `wanted` holds, waiting for it. Throws when none comes.
    Event hears(std::uint8_t type, const std::function<bool(const xcb_generic_event_t&)>& wanted);
    template <class Kind>
    Kind hears(std::uint8_t type, const std::function<bool(const Kind&)>& wanted) {
        const Event event = hears(type, [&](const xcb_generic_event_t& any) {
            return wanted(reinterpret_cast<const Kind&>(any));
        });
        return reinterpret_cast<const Kind&>(*event);
    }
    int heard(std::uint8_t type);
    void forgets() {
        pump();
        events_.clear();
    }
    void pump();

  private:
    std::function<void()> others_;
    xcb_connection_t* x_;
    xcb_screen_t* screen_ = nullptr;
    std::map<std::string, xcb_atom_t> atoms_;
    std::deque<Event> events_;
};

}  // namespace leadlight::agent_test
