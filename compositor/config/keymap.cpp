// SPDX-License-Identifier: MIT
#include "compositor/config/keymap.hpp"

namespace leadlight::compositor {

std::expected<XkbKeymap, std::string> compile_keymap(const KeyboardConfig& keyboard) {
    // Names come from the configuration alone: XKB_DEFAULT_LAYOUT and the like do not reach in.
    const XkbContext context(xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES));
    if (!context) {
        return std::unexpected("no directory of keyboard layouts (package xkb-data)");
    }
    xkb_context_set_log_level(context.get(), XKB_LOG_LEVEL_CRITICAL);
    const xkb_rule_names names{
        .rules = "evdev",
        .model = keyboard.model.empty() ? "pc105" : keyboard.model.c_str(),
        .layout = keyboard.layout.c_str(),
        .variant = keyboard.variant.c_str(),
        .options = keyboard.options.c_str(),
    };
    XkbKeymap keymap(xkb_keymap_new_from_names(context.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS));
    if (!keymap) {
        std::string message = "no keymap for layout '" + keyboard.layout + "'";
        message += keyboard.variant.empty() ? "" : ", variant '" + keyboard.variant + "'";
        message += keyboard.options.empty() ? "" : ", options '" + keyboard.options + "'";
        return std::unexpected(message);
    }
    return keymap;
}

}  // namespace leadlight::compositor
