// SPDX-License-Identifier: MIT
#include "compositor/warden/titles.hpp"
#include "tests/unit/warden/values.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::warden::test {
namespace {

using namespace std::chrono_literals;
const Titles::Clock::time_point start{1000s};

TEST_CASE("a title is due at once, then at most once an interval, the latest one", "[titles]") {
    Titles titles;
    CHECK_FALSE(titles.next_due());
    titles.set_title(toplevel, "one");
    REQUIRE(titles.next_due() <= start);
    CHECK(titles.take(start)->title == "one");
    CHECK_FALSE(titles.next_due());
    titles.set_title(toplevel, "two");
    titles.set_title(toplevel, "three");
    CHECK(titles.next_due() == start + Titles::interval);
    CHECK_FALSE(titles.take(start + Titles::interval - 1ns));
    CHECK(titles.take(start + Titles::interval)->title == "three");
    CHECK_FALSE(titles.take(start + 1h));
}

TEST_CASE("a title is drawn again for another style, its text not sent again", "[titles]") {
    Titles titles;
    const TitleStyle style{.window = toplevel, .scale = 240, .max_width = 100};
    titles.set_style(style);
    CHECK_FALSE(titles.next_due());  // nothing to draw yet
    titles.set_title(toplevel, "one");
    auto job = titles.take(start);
    REQUIRE(job);
    CHECK(job->text_changed);
    CHECK(job->style == style);
    titles.set_style(style);
    CHECK_FALSE(titles.next_due());
    const TitleStyle other{.window = toplevel, .scale = 120, .max_width = 100};
    titles.set_style(other);
    job = titles.take(start + 1s);
    REQUIRE(job);
    CHECK_FALSE(job->text_changed);
    CHECK(job->style == other);
}

TEST_CASE("windows wait for themselves, and are forgotten", "[titles]") {
    Titles titles;
    titles.set_title(toplevel, "a");
    titles.set_title(popup, "b");
    CHECK(titles.take(start)->window == toplevel);
    titles.set_title(toplevel, "c");
    CHECK(titles.take(start)->window == popup);
    CHECK_FALSE(titles.take(start));
    titles.forget(toplevel);
    CHECK_FALSE(titles.next_due());
    // Emptied is a change, too.
    titles.set_title(popup, "");
    CHECK(titles.take(start + 1s)->title.empty());
}

}  // namespace
}  // namespace leadlight::warden::test
