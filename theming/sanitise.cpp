// SPDX-License-Identifier: MIT
#include "theming/sanitise.hpp"

#include "theming/safe_text.hpp"
#include "theming/unicode.hpp"

#include <hb.h>

namespace leadlight::theming {

namespace {

// What a reader takes for white space, and what ends a line or a paragraph.
bool is_white(char32_t code_point) {
    if ((code_point >= 0x09 && code_point <= 0x0d) || code_point == 0x85 || code_point == 0x2800) {
        return true;
    }
    const auto category = hb_unicode_general_category(hb_unicode_funcs_get_default(), code_point);
    return category == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR ||
           category == HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR ||
           category == HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR;
}

// Collects what may be shown, in order.
class Filter {
  public:
    explicit Filter(int marks_per_base) : marks_per_base_(marks_per_base) {}

    void take(char32_t code_point) {
        if (is_white(code_point)) {
            space_pending_ = !shown_.empty();
            marks_left_ = 0;  // a mark on a space would be drawn over whatever lies before it
            return;
        }
        if (is_forbidden(code_point)) {
            return;
        }
        if (is_mark(code_point)) {
            if (marks_left_ == 0) {
                return;
            }
            --marks_left_;
        } else {
            marks_left_ = marks_per_base_;
        }
        if (space_pending_) {
            shown_.push_back(U' ');
            space_pending_ = false;
        }
        shown_.push_back(code_point);
    }

    const std::u32string& shown() const { return shown_; }

  private:
    std::u32string shown_;
    int marks_per_base_;
    int marks_left_ = 0;
    bool space_pending_ = false;
};

bool fits(std::u32string_view text, TextBounds bounds) {
    return text.size() <= bounds.code_points && utf8_length(text) <= bounds.bytes;
}

}  // namespace

std::string sanitise(std::string_view untrusted, TextBounds bounds) {
    Filter filter(bounds.marks_per_base);
    // One code point past the bound is enough to know that there is more.
    while (!untrusted.empty() && filter.shown().size() <= bounds.code_points) {
        filter.take(take_code_point(untrusted).code_point);
    }
    std::u32string_view shown = filter.shown();
    if (fits(shown, bounds)) {
        return to_utf8(shown);
    }
    if (bounds.code_points == 0 || bounds.bytes < utf8_length(ellipsis)) {
        return {};
    }
    const TextBounds room{bounds.code_points - 1, bounds.bytes - utf8_length(ellipsis), 0};
    while (!fits(shown, room)) {
        shown = without_last_character(shown);
    }
    return to_utf8(shown) + to_utf8(std::u32string_view(&ellipsis, 1));
}

}  // namespace leadlight::theming
