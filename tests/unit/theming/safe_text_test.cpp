// SPDX-License-Identifier: MIT
#include "theming/safe_text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <hb.h>
#include <string>

using namespace leadlight::theming;

namespace {

bool well_formed(std::string_view text) {
    while (!text.empty()) {
        if (!take_code_point(text).well_formed) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("every code point that Unicode calls control, format, private or blank is forbidden") {
    hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        bool expected = (c & 0xfffe) == 0xfffe;
        switch (hb_unicode_general_category(unicode, c)) {
        case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
        case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
        case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
        case HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE:
        case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
        case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
            expected = true;
            break;
        case HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR:
            expected = c != U' ';
            break;
        default:
            break;
        }
        if (expected && !is_forbidden(c)) {
            CAPTURE(static_cast<std::uint32_t>(c));
            REQUIRE(is_forbidden(c));
        }
    }
    CHECK(is_forbidden(0x110000));
    CHECK(is_forbidden(0xffffffff));
}

TEST_CASE("letters, digits, punctuation, marks and symbols of living scripts are not forbidden") {
    for (const char32_t c : {U' ', U'~', U'é', U'ß', U'Ж', U'ש', U'ع', U'ह', U'ก', U'漢', U'한',
                             U'…', U'\u0301', U'\ufffd', U'\u20ac', char32_t{0x1f600}}) {
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK_FALSE(is_forbidden(c));
    }
}

TEST_CASE("what reorders, hides or joins text is forbidden") {
    for (const char32_t c :
         {0x202a, 0x202b,  0x202c,  0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
          0x200e, 0x200f,  0x061c,  0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad,
          0xfe0f, 0xe0041, 0xe01ef, 0x3164, 0x115f, 0x2800, 0xe000, 0xfdd0, 0x1fffe,
          0x0a,   0x1b,    0x7f,    0x9b,   0x2028, 0x2029}) {
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK(is_forbidden(c));
    }
}

TEST_CASE("ill-formed UTF-8 is told apart from well-formed") {
    CHECK(well_formed("plain \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"));
    for (const std::string_view bad :
         {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98"}) {
        CHECK_FALSE(well_formed(bad));
    }
}

TEST_CASE("an ill-formed sequence costs its maximal subpart and no byte of what follows") {
    std::string_view text = "\xe2\x82"
                            "A";
    CHECK(take_code_point(text).code_point == 0xfffd);
    CHECK(text == "A");
    text = "\xf0\x80"
           "B";  // 0x80 cannot follow 0xf0: two subparts
    CHECK(take_code_point(text).code_point == 0xfffd);
    CHECK(take_code_point(text).code_point == 0xfffd);
    CHECK(text == "B");
}

TEST_CASE("a field is safe up to its bound and not a byte further") {
    CHECK(is_safe_text("", 0));
    CHECK(is_safe_text("four", 4));
    CHECK_FALSE(is_safe_text("four", 3));
    CHECK_FALSE(is_safe_text("a\nb", 8));
    CHECK_FALSE(is_safe_text("a\xe2\x80\xae"
                             "b",
                             8));
    CHECK_FALSE(is_safe_text(std::string_view("a\0b", 3), 8));
    CHECK_FALSE(is_safe_text("caf\xc3", 8));
}
