// SPDX-License-Identifier: MIT
// What text may be shown at all: the one pure function that the compositor asks about every bounded
// text field, whoever filled it (rule 3). It needs no library, so it is safe to call anywhere.
#pragma once

#include <cstddef>
#include <string_view>

namespace leadlight::theming {

/// Whether a code point is never shown: control, bidirectional, invisible, private, unpaired or
/// permanently unassigned. The table behind it is checked against Unicode's categories in a test.
bool is_forbidden(char32_t code_point);

/// True if `text` is at most `max_bytes` of well-formed UTF-8 without a forbidden code point.
/// Spaces of every kind but U+0020 count as forbidden, for sanitise() leaves none.
bool is_safe_text(std::string_view text, std::size_t max_bytes);

/// Reads one code point of well-formed UTF-8 off the front of `text`; on an ill-formed sequence
/// takes its maximal subpart (Unicode 3.9) and yields U+FFFD with `well_formed` false.
struct Decoded {
    char32_t code_point;
    bool well_formed;
};
Decoded take_code_point(std::string_view& text);

}  // namespace leadlight::theming
