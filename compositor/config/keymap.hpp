// SPDX-License-Identifier: MIT
// The person's keymap, compiled from the names in the configuration. One keymap for everything: the
// same object is given to the physical keyboards, and its text to each domain.
#pragma once

#include "compositor/config/config.hpp"

#include <xkbcommon/xkbcommon.h>

#include <memory>

namespace leadlight::compositor {

template <auto unref>
struct XkbUnref {
    void operator()(auto* object) const { unref(object); }
};
using XkbContext = std::unique_ptr<xkb_context, XkbUnref<xkb_context_unref>>;
using XkbKeymap = std::unique_ptr<xkb_keymap, XkbUnref<xkb_keymap_unref>>;
using XkbState = std::unique_ptr<xkb_state, XkbUnref<xkb_state_unref>>;

/// The error says which names do not make a keymap.
[[nodiscard]] std::expected<XkbKeymap, std::string> compile_keymap(const KeyboardConfig& keyboard);

}  // namespace leadlight::compositor
