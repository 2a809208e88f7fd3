// SPDX-License-Identifier: MIT
// A title as the compositor gets it: its clean text, then its pixels. This is where text of a guest
// meets the shaping libraries, which is why it happens in the cage.
#pragma once

#include "compositor/warden/titles.hpp"
#include "compositor/warden/translation.hpp"
#include "theming/text.hpp"

namespace leadlight::warden {

/// `title_text` if the text changed, then `title_strip` if a style was asked for and there is
/// anything to see: an empty title has no strip.
[[nodiscard]] std::expected<std::vector<OutgoingRecord>, OwnFailure>
draw_title(const Titles::Job& job, const theming::TextPainter& painter);

}  // namespace leadlight::warden
