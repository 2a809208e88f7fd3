// SPDX-License-Identifier: MIT
#include "compositor/input/devices.hpp"

#include "compositor/log.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <libinput.h>

namespace leadlight::compositor {

Devices::Devices(Server& server, wlr_cursor* cursor, const Config& config, XkbKeymap keymap)
    : server_(server), cursor_(cursor), group_(wlr_keyboard_group_create()) {
    configure(config, std::move(keymap));
    new_input_.connect(server.backend->events.new_input,
                       [this](wlr_input_device* device) { add(device); });
}

Devices::~Devices() {
    devices_.clear();
    wlr_keyboard_group_destroy(group_);
}

void Devices::add(wlr_input_device* device) {
    const auto added = devices_.emplace(devices_.end());
    added->device = device;
    added->destroyed.connect(device->events.destroy, [this, added] {
        devices_.erase(added);
        if (on_capabilities) {
            on_capabilities();
        }
    });
    switch (device->type) {
    case WLR_INPUT_DEVICE_KEYBOARD: {
        auto* keyboard = wlr_keyboard_from_input_device(device);
        wlr_keyboard_set_keymap(keyboard, keymap_.get());
        wlr_keyboard_set_repeat_info(keyboard, group_->keyboard.repeat_info.rate,
                                     group_->keyboard.repeat_info.delay);
        if (!wlr_keyboard_group_add_keyboard(group_, keyboard)) {
            log_warning("a keyboard could not be added");
        }
        break;
    }
    case WLR_INPUT_DEVICE_POINTER:
    case WLR_INPUT_DEVICE_TOUCH:
        // First attached: only then can it be mapped to an output.
        wlr_cursor_attach_input_device(cursor_, device);
        configure_pointer(*device);
        break;
    default:
        // Tablets, switches: nothing hears them yet.
        break;
    }
    if (on_capabilities) {
        on_capabilities();
    }
}

std::uint32_t Devices::capabilities() const {
    std::uint32_t all = WL_SEAT_CAPABILITY_POINTER;
    for (const Device& device : devices_) {
        if (device.device->type == WLR_INPUT_DEVICE_KEYBOARD) {
            all |= WL_SEAT_CAPABILITY_KEYBOARD;
        } else if (device.device->type == WLR_INPUT_DEVICE_TOUCH) {
            all |= WL_SEAT_CAPABILITY_TOUCH;
        }
    }
    return all;
}

void Devices::configure(const Config& config, XkbKeymap keymap) {
    pointer_config_ = config.pointer;
    keymap_ = std::move(keymap);
    const auto rate = static_cast<std::int32_t>(config.keyboard.repeat_rate);
    const auto delay = static_cast<std::int32_t>(config.keyboard.repeat_delay);
    wlr_keyboard_set_keymap(&group_->keyboard, keymap_.get());
    wlr_keyboard_set_repeat_info(&group_->keyboard, rate, delay);
    for (const Device& device : devices_) {
        if (device.device->type == WLR_INPUT_DEVICE_KEYBOARD) {
            auto* keyboard = wlr_keyboard_from_input_device(device.device);
            wlr_keyboard_set_keymap(keyboard, keymap_.get());
            wlr_keyboard_set_repeat_info(keyboard, rate, delay);
        } else {
            configure_pointer(*device.device);
        }
    }
}

// What the device cannot do, libinput refuses; there is nothing to do about it, or to say.
void Devices::configure_pointer(wlr_input_device& device) const {
    if (device.type == WLR_INPUT_DEVICE_POINTER) {
        // A window of a nested backend reports places of its own output.
        const char* name = wlr_pointer_from_input_device(&device)->output_name;
        for (const Output* output : server_.outputs->all()) {
            if (name != nullptr && std::string_view(name) == output->wlr()->name) {
                wlr_cursor_map_input_to_output(cursor_, &device, output->wlr());
            }
        }
    }
    if (!wlr_input_device_is_libinput(&device)) {
        return;
    }
    libinput_device* handle = wlr_libinput_get_device_handle(&device);
    const PointerConfig& wish = pointer_config_;
    if (wish.tap) {
        libinput_device_config_tap_set_enabled(handle, *wish.tap ? LIBINPUT_CONFIG_TAP_ENABLED
                                                                 : LIBINPUT_CONFIG_TAP_DISABLED);
    }
    if (wish.natural_scroll) {
        libinput_device_config_scroll_set_natural_scroll_enabled(handle, *wish.natural_scroll);
    }
    if (wish.left_handed) {
        libinput_device_config_left_handed_set(handle, *wish.left_handed);
    }
    if (wish.middle_emulation) {
        libinput_device_config_middle_emulation_set_enabled(
            handle, *wish.middle_emulation ? LIBINPUT_CONFIG_MIDDLE_EMULATION_ENABLED
                                           : LIBINPUT_CONFIG_MIDDLE_EMULATION_DISABLED);
    }
    if (wish.disable_while_typing) {
        libinput_device_config_dwt_set_enabled(handle, *wish.disable_while_typing
                                                           ? LIBINPUT_CONFIG_DWT_ENABLED
                                                           : LIBINPUT_CONFIG_DWT_DISABLED);
    }
    if (wish.speed) {
        libinput_device_config_accel_set_speed(handle, *wish.speed);
    }
    if (wish.acceleration) {
        libinput_device_config_accel_set_profile(
            handle, *wish.acceleration == PointerConfig::Acceleration::flat
                        ? LIBINPUT_CONFIG_ACCEL_PROFILE_FLAT
                        : LIBINPUT_CONFIG_ACCEL_PROFILE_ADAPTIVE);
    }
    if (wish.scroll) {
        constexpr std::array methods{LIBINPUT_CONFIG_SCROLL_NO_SCROLL, LIBINPUT_CONFIG_SCROLL_2FG,
                                     LIBINPUT_CONFIG_SCROLL_EDGE,
                                     LIBINPUT_CONFIG_SCROLL_ON_BUTTON_DOWN};
        libinput_device_config_scroll_set_method(
            handle, methods.at(static_cast<std::size_t>(*wish.scroll)));
    }
}

}  // namespace leadlight::compositor
