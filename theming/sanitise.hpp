// SPDX-License-Identifier: MIT
// Guest text made harmless before anything measures or shapes it. Runs in the warden.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadlight::theming {

struct TextBounds {
    std::size_t code_points = 256;
    std::size_t bytes = 1024;
    int marks_per_base = 2;  // combining marks that one character may carry
};

/// The text as it may be shown: ill-formed UTF-8 as U+FFFD, forbidden code points removed, every
/// white space and line break one plain space, none at the ends, marks without end cut, and all of
/// it within `bounds`, with "…" where it was cut. sanitise(sanitise(x)) == sanitise(x), and
/// is_safe_text(sanitise(x), bounds.bytes) holds.
std::string sanitise(std::string_view untrusted, TextBounds bounds = {});

}  // namespace leadlight::theming
