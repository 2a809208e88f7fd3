// SPDX-License-Identifier: MIT
#include "compositor/input/domain_modifiers.hpp"

namespace leadlight::compositor {

namespace {

constexpr std::uint32_t evdev_to_xkb = 8;

}  // namespace

void DomainModifiers::key(std::uint32_t code, bool pressed) {
    xkb_state_update_key(own_.get(), code + evdev_to_xkb, pressed ? XKB_KEY_DOWN : XKB_KEY_UP);
}

ModifierState DomainModifiers::state(xkb_state* physical) const {
    xkb_state_update_mask(mixed_.get(),
                          xkb_state_serialize_mods(own_.get(), XKB_STATE_MODS_DEPRESSED),
                          xkb_state_serialize_mods(own_.get(), XKB_STATE_MODS_LATCHED),
                          xkb_state_serialize_mods(physical, XKB_STATE_MODS_LOCKED),
                          xkb_state_serialize_layout(own_.get(), XKB_STATE_LAYOUT_DEPRESSED),
                          xkb_state_serialize_layout(own_.get(), XKB_STATE_LAYOUT_LATCHED),
                          xkb_state_serialize_layout(physical, XKB_STATE_LAYOUT_LOCKED));
    return {
        .depressed = xkb_state_serialize_mods(mixed_.get(), XKB_STATE_MODS_DEPRESSED),
        .latched = xkb_state_serialize_mods(mixed_.get(), XKB_STATE_MODS_LATCHED),
        .locked = xkb_state_serialize_mods(mixed_.get(), XKB_STATE_MODS_LOCKED),
        .group = xkb_state_serialize_layout(mixed_.get(), XKB_STATE_LAYOUT_EFFECTIVE),
    };
}

}  // namespace leadlight::compositor
