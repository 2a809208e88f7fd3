// SPDX-License-Identifier: MIT
// One painter for all tests: loading fonts is the slow part.
#pragma once

#include "theming/text.hpp"

#include <stdexcept>

inline const leadlight::theming::TextPainter& painter() {
    static const auto loaded = [] {
        auto fonts = leadlight::theming::TextPainter::load();
        return fonts ? std::move(*fonts) : throw std::runtime_error(fonts.error());
    }();
    return loaded;
}
