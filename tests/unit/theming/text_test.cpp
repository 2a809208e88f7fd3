// SPDX-License-Identifier: MIT
#include "theming/text.hpp"

#include "painter.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fcntl.h>
#include <random>
#include <sys/resource.h>

using namespace leadlight::theming;

namespace {

const TextStyle plain = title_style(Scale(120));

bool column_has_ink(const TextStrip& strip, int x) {
    for (int y = 0; y < strip.height; ++y) {
        if (strip.a8.at(y * strip.width + x) > 64) {
            return true;
        }
    }
    return false;
}

int ink_rows(const TextStrip& strip) {
    int rows = 0;
    for (int y = 0; y < strip.height; ++y) {
        const auto* row = strip.a8.data() + static_cast<std::ptrdiff_t>(y) * strip.width;
        rows += std::any_of(row, row + strip.width, [](std::uint8_t a) { return a > 64; }) ? 1 : 0;
    }
    return rows;
}

// Columns of `strip` from `at` on that equal those of `part`, rightmost or leftmost.
bool ends_with(const TextStrip& strip, const TextStrip& part, bool at_left) {
    const int offset = at_left ? 0 : strip.width - part.width;
    for (int y = 0; y < part.height; ++y) {
        for (int x = 0; x < part.width; ++x) {
            if (std::abs(strip.a8.at(y * strip.width + offset + x) -
                         part.a8.at(y * part.width + x)) > 160) {
                return false;
            }
        }
    }
    return true;
}

// Whether the last 10 columns at one end have ink on the baseline and none above, as "…" has.
bool only_dots(const TextStrip& strip, bool at_left) {
    const int first = at_left ? 0 : strip.width - 10;
    bool above = false;
    bool on_line = false;
    for (int y = 0; y < strip.height; ++y) {
        for (int x = first; x < first + 10; ++x) {
            const bool ink = strip.a8.at(y * strip.width + x) > 64;
            (y < baseline_of(plain) - 2 ? above : on_line) |= ink;
        }
    }
    return on_line && !above;
}

// No file can be opened, as in the warden's cage, until this is gone.
class NoMoreFiles {
  public:
    NoMoreFiles() {
        getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit none{0, before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoMoreFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
    NoMoreFiles(const NoMoreFiles&) = delete;
    NoMoreFiles& operator=(const NoMoreFiles&) = delete;

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("text makes ink, about as wide as it says") {
    const TextStrip strip = painter().paint("Leadlight", plain);
    CHECK(strip.height == plain.height);
    CHECK(strip.width == painter().width_of("Leadlight", plain));
    CHECK(strip.width > 40);
    CHECK(strip.width < 90);
    CHECK(ink_rows(strip) >= 9);
    CHECK(TextStripView(strip).valid());
}

TEST_CASE("nothing to show is an empty strip") {
    CHECK(painter().paint("", plain).width == 0);
    CHECK(painter().paint("\u202e \n", plain).width == 0);
    CHECK(painter().paint("wide", plain, 2).width == 0);
    CHECK(painter().paint("wide", plain, -5).width == 0);
    CHECK_FALSE(TextStripView(painter().paint("", plain)).valid());
}

TEST_CASE("no width, size or text leaves the bounds of a strip") {
    // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp): the same texts in each run
    std::mt19937 random(7);
    const auto pick = [&](int low, int high) {
        return std::uniform_int_distribution(low, high)(random);
    };
    static constexpr std::string_view pieces[] = {
        "W", "i",  "ש",    "ع", "ﷺ", "क्ष", "漢",     "e\u0301\u0302",
        " ", "🙂", "\xff", "(", "۱", "12", "\u202e", "ก็"};
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (int i = pick(0, 300); i > 0; --i) {
            text += pieces[pick(0, std::size(pieces) - 1)];
        }
        const int width = pick(-3, 2500);
        const TextStyle style{pick(0, 300), pick(0, 300),
                              round % 3 == 0 ? Weight::bold : Weight::regular};
        const TextStrip strip = painter().paint(text, style, width);
        REQUIRE(strip.width <= std::clamp(width, 0, max_strip_width));
        REQUIRE(strip.height <= max_strip_height);
        REQUIRE(strip.a8.size() == static_cast<std::size_t>(strip.width * strip.height));
    }
}

TEST_CASE("what does not fit is elided and uses the room it has") {
    const std::string_view text = "a title that is far too long for its bar";
    const int full = painter().width_of(text, plain);
    const TextStrip dots = painter().paint("…", plain);
    for (int width = dots.width + 12; width < full; width += 7) {
        const TextStrip strip = painter().paint(text, plain, width);
        CAPTURE(width, strip.width);
        REQUIRE(strip.width <= width);
        REQUIRE(strip.width > width - 16);
        REQUIRE(ink_rows(strip) >= 7);
    }
    CHECK(painter().paint(text, plain, full).width == full);
}

TEST_CASE("text is elided where reading ends: at the left if it is right-to-left") {
    const TextStrip hebrew = painter().paint("שלום עולם שלום עולם שלום עולם", plain, 90);
    CHECK(only_dots(hebrew, true));
    CHECK_FALSE(only_dots(hebrew, false));
    const TextStrip latin = painter().paint("hello world hello world", plain, 90);
    CHECK(only_dots(latin, false));
    CHECK_FALSE(only_dots(latin, true));
}

TEST_CASE("bidi: a right-to-left word is drawn from right to left") {
    // ש is the first letter of the word, so it is the rightmost of the picture.
    const TextStrip word = painter().paint("שלום", plain);
    const TextStrip first = painter().paint("ש", plain);
    CHECK(ends_with(word, first, false));
    CHECK_FALSE(ends_with(word, first, true));
}

TEST_CASE(
    "bidi: a right-to-left line begins at its right end, and Latin in it reads to the right") {
    const TextStrip line = painter().paint("שלום abc", plain);
    CHECK(ends_with(line, painter().paint("ש", plain), false));
    CHECK(ends_with(line, painter().paint("a", plain), true));
}

TEST_CASE("an override cannot make a title read otherwise") {
    CHECK(painter()
              .paint("a\u202e"
                     "txt.exe",
                     plain)
              .a8 == painter().paint("atxt.exe", plain).a8);
}

TEST_CASE("a character that no font has is a visible box") {
    const TextStrip strip = painter().paint("\U00010ffd"
                                            "\U0001bfff",
                                            plain);  // not assigned
    REQUIRE(strip.width > 0);
    CHECK(ink_rows(strip) >= 6);
    CHECK(column_has_ink(strip, strip.width / 4));
}

TEST_CASE("a painter opens nothing after it was loaded") {
    auto fresh = TextPainter::load();
    REQUIRE(fresh.has_value());
    const std::string_view text = "Ωμέγα שלום عربي 漢字 \u0378 bold";
    TextStrip caged;
    TextStrip bold;
    int opened = 0;
    {
        // Nothing with virtual functions in here: UBSan opens a pipe to look at such an object.
        const NoMoreFiles cage;
        opened = open("/dev/null", O_RDONLY | O_CLOEXEC);
        caged = fresh->paint(text, plain);
        bold = fresh->paint(text, title_style(Scale(240), Weight::bold));
    }
    REQUIRE(opened == -1);
    CHECK(caged.a8 == painter().paint(text, plain).a8);
    CHECK(bold.a8 == painter().paint(text, title_style(Scale(240), Weight::bold)).a8);
    CHECK(bold.width > caged.width);
}

TEST_CASE("titles grow with the scale and stay within a strip") {
    int before = 0;
    for (const std::uint32_t value : {120u, 150u, 180u, 240u, 480u}) {
        const TextStrip strip = title_strip(painter(), "Leadlight", Scale(value), 2048);
        CHECK(strip.width > before);
        CHECK(strip.height == Scale(value).px(20));
        CHECK(strip.height <= max_strip_height);
        before = strip.width;
    }
}

TEST_CASE("a strip from elsewhere is believed only if its size is its size") {
    const std::vector<std::uint8_t> bytes(40);
    CHECK(TextStripView(10, 4, bytes).valid());
    CHECK_FALSE(TextStripView(10, 5, bytes).valid());
    CHECK_FALSE(TextStripView(-10, -4, bytes).valid());
    CHECK_FALSE(TextStripView(0, 0, {}).valid());
    const std::vector<std::uint8_t> tall(97);
    CHECK_FALSE(TextStripView(1, 97, tall).valid());
    const std::vector<std::uint8_t> wide(2049);
    CHECK_FALSE(TextStripView(2049, 1, wide).valid());
}
