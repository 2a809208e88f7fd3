// SPDX-License-Identifier: MIT
#include "theming/sanitise.hpp"

#include "theming/safe_text.hpp"
#include "theming/unicode.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>

using namespace leadlight::theming;

namespace {

// Random bytes, and random code points with what is dangerous among them far too often.
class Guest {
  public:
    std::string bytes() {
        std::string text(pick(0, 600), '\0');
        for (char& c : text) {
            c = static_cast<char>(pick(0, 255));
        }
        return text;
    }

    std::string characters() {
        static constexpr char32_t nasty[] = {0x202e, 0x2066, 0x200d, 0x301,   0x20dd, 0x300,  0xa,
                                             0x9b,   0x2028, 0xfe0f, 0xe0020, 0x3000, 0x2026, 0x20,
                                             0x20,   0x5e9,  0x639,  0x915,   0x94d,  0xe000, 0x65};
        std::u32string text(pick(0, 400), U'\0');
        for (char32_t& c : text) {
            c = pick(0, 3) == 0 ? static_cast<char32_t>(pick(1, 0xd7ff))
                                : nasty[pick(0, std::size(nasty) - 1)];
        }
        return to_utf8(text);
    }

    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(random_);
    }

  private:
    // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp): the same texts in each run
    std::mt19937 random_{20261123};
};

std::string cut(std::string_view text, std::size_t code_points, std::size_t bytes = 1024) {
    return sanitise(text, {code_points, bytes, 2});
}

}  // namespace

TEST_CASE("whatever a guest sends comes out safe, bounded and stable") {
    Guest guest;
    for (int round = 0; round < 4000; ++round) {
        const std::string sent = round % 2 == 0 ? guest.bytes() : guest.characters();
        const TextBounds bounds{guest.pick(0, 300), guest.pick(0, 600),
                                static_cast<int>(guest.pick(0, 3))};
        const std::string shown = sanitise(sent, bounds);
        REQUIRE(is_safe_text(shown, bounds.bytes));
        REQUIRE(sanitise(shown, bounds) == shown);
        const std::u32string text = to_utf32(shown);
        REQUIRE(text.size() <= bounds.code_points);
        int marks = bounds.marks_per_base;  // none at the start or after a space
        char32_t before = U' ';
        for (const char32_t c : text) {
            REQUIRE_FALSE((c == U' ' && before == U' '));
            marks = is_mark(c) ? marks + 1 : 0;
            REQUIRE(marks <= bounds.marks_per_base);
            REQUIRE_FALSE((is_mark(c) && before == U' '));
            before = c;
        }
        REQUIRE((text.empty() || text.back() != U' '));
    }
}

TEST_CASE("ordinary titles pass unchanged") {
    for (const std::string_view title :
         {"~/src – vim", "Élodie, Жанна and Ζωή", "שלום עולם", "مرحبا", "नमस्ते", "日本語のタイトル",
          "한국어", "🙂 ok", "Tiếng Việt"}) {
        CHECK(sanitise(title) == title);
    }
}

TEST_CASE("ill-formed bytes become one replacement each subpart") {
    CHECK(sanitise("a\xff"
                   "b") == "a\ufffd"
                           "b");
    CHECK(sanitise("a\xe2\x82") == "a\ufffd");
    CHECK(sanitise("\xed\xa0\x80") == "\ufffd\ufffd\ufffd");
}

TEST_CASE("controls, overrides and invisible characters vanish") {
    CHECK(sanitise("a\u202e"
                   "b\u2066c\u200d"
                   "d\ufeff") == "abcd");
    CHECK(sanitise("\x1b[31mred") == "[31mred");
    CHECK(sanitise("A\U000e0041\U000e007f") == "A");
    CHECK(sanitise("\u3164\u115f\u2800").empty());
}

TEST_CASE("white space of any kind is one space, and none at the ends") {
    CHECK(sanitise(" \t a \r\n\u2028\u3000 b\u00a0") == "a b");
    CHECK(sanitise(" \n ").empty());
}

TEST_CASE("marks beyond two on a base are cut, and a mark without a base has nothing to stand on") {
    CHECK(sanitise("a\u0301\u0302\u0303\u0304z\u0301") == "a\u0301\u0302z\u0301");
    CHECK(sanitise("\u0301"
                   "a \u0301"
                   "b") == "a b");
}

TEST_CASE("long text ends in an ellipsis, at a character's border") {
    CHECK(cut("abcdef", 6) == "abcdef");
    CHECK(cut("abcdefg", 6) == "abcde…");
    CHECK(cut("abcd efg", 6) == "abcd…");
    CHECK(cut("abcde\u0301fg", 6) == "abcd…");  // not the accent alone
    CHECK(cut("éééé", 99, 7) == "éé…");
    CHECK(cut("abc", 2, 2).empty());
    CHECK(cut("abc", 0).empty());
    CHECK(cut(std::string(1 << 20, 'x'), 10) == "xxxxxxxxx…");
}
