// SPDX-License-Identifier: MIT
// Keyboards, mice, touchpads, touch screens: found, configured, and handed on as two things, one
// keyboard and one cursor, so that nothing behind depends on how many there are.
#pragma once

#include "compositor/config/keymap.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <functional>
#include <list>

namespace leadlight::compositor {

class Server;

class Devices {
  public:
    /// `keymap` has to compile, as the configuration's check saw to.
    Devices(Server& server, wlr_cursor* cursor, const Config& config, XkbKeymap keymap);
    ~Devices();
    Devices(const Devices&) = delete;
    Devices& operator=(const Devices&) = delete;

    /// A device of the backend, or of the tests' input. Its events run through here from now on
    /// until it is destroyed.
    void add(wlr_input_device* device);

    /// The configuration was read anew.
    void configure(const Config& config, XkbKeymap keymap);

    /// All physical keyboards as one: a key is pressed by the first press on any of them.
    wlr_keyboard* keyboard() const { return &group_->keyboard; }
    xkb_keymap* keymap() const { return keymap_.get(); }
    xkb_state* state() const { return group_->keyboard.xkb_state; }
    /// WL_SEAT_CAPABILITY_*
    std::uint32_t capabilities() const;

    std::function<void()> on_capabilities;

  private:
    struct Device {
        wlr_input_device* device = nullptr;
        Listener<> destroyed;
    };
    void configure_pointer(wlr_input_device& device) const;

    Server& server_;
    wlr_cursor* cursor_;
    PointerConfig pointer_config_;
    XkbKeymap keymap_;
    wlr_keyboard_group* group_;
    std::list<Device> devices_;
    Listener<wlr_input_device> new_input_;
};

}  // namespace leadlight::compositor
