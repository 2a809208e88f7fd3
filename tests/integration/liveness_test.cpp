// SPDX-License-Identifier: MIT
// A domain that does not answer: it is noticed, said, and can be ended; and nobody is woken up for
// nothing.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

TEST_CASE("hello must come within 5 s of the connection, and the guest is told so") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.accepts();
    CHECK(work.is_cut_off() == lp::Violation::hello_expected);
}

TEST_CASE("a ping goes to whom the person uses, and to no other") {
    TwoDomains on;
    // TwoDomains clicked into letters: that was input.
    CHECK(on.untrusted.heard<lp::Ping>() == 0);
    on.work.answers_pings = false;
    // Seldom: the next input that is worth one comes 3 s after the last, at some motion.
    const Box content = on.desk.window("letters").content;
    int x = 0;
    REQUIRE(eventually([&] {
        on.desk.moves_to(content.x + 10 + x++ % 200, content.y + 10);
        return on.work.heard<lp::Ping>() == 1;
    }));
    on.work.send(lp::Pong{on.work.hears<lp::Ping>().serial});
    CHECK(on.untrusted.heard<lp::Ping>() == 0);
    CHECK(on.desk.state_of("work") == "connected");
}

TEST_CASE("an answer to no ping ends the connection") {
    TwoDomains on;
    on.untrusted.send(lp::Pong{7});
    CHECK(on.untrusted.is_cut_off() == lp::Violation::serial_not_sent);
    on.work.answers_pings = false;
    const Box content = on.desk.window("letters").content;
    int x = 0;
    REQUIRE(eventually([&] {
        on.desk.moves_to(content.x + 10 + x++ % 200, content.y + 10);
        return on.work.heard<lp::Ping>() == 1;
    }));
    const lp::Serial ping = on.work.hears<lp::Ping>().serial;
    SECTION("one too many") {
        on.work.send(lp::Pong{ping});
        on.work.send(lp::Pong{ping});
    }
    SECTION("another") {
        on.work.send(lp::Pong{ping + 1});
    }
    CHECK(on.work.is_cut_off() == lp::Violation::serial_not_sent);
}

namespace {

/// `work` has heard a ping and says nothing to it until the desktop gives up.
struct Silent : TwoDomains {
    lp::Serial ping = 0;
    Silent() {
        work.answers_pings = false;
        const Box content = desk.window("letters").content;
        int x = 0;
        REQUIRE(eventually([&] {
            desk.moves_to(content.x + 10 + x++ % 200, content.y + 10);
            return work.heard<lp::Ping>() > 0;
        }));
        ping = work.hears<lp::Ping>().serial;
        REQUIRE(eventually([&] { return desk.state_of("work") == "not responding"; }));
    }
};

}  // namespace

TEST_CASE("who does not answer loses the focus, and its title says why") {
    Silent on;
    on.work.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
    CHECK_FALSE(on.desk.window("letters").focused);
    on.work.forgets();
    on.desk.types("a");
    // Chosen all the same, it hears no key: none is kept for a guest that may wake up much later.
    on.desk.clicks(on.desk.window("letters"));
    on.desk.types("b");
    on.work.commits(on.letters, green);  // its frame comes behind whatever was sent
    CHECK(on.work.heard<lp::Key>() == 0);
    CHECK(on.untrusted.heard<lp::Key>() == 0);

    // The words stand in the title bar, on the label's own colour.
    const Box frame = on.desk.window("letters").frame;
    const Picture silent = on.desk.picture_at_rest();
    on.desk.keeps_picture("not-responding");
    CHECK(ring_is(silent, frame, blue));
    on.work.send(lp::Pong{on.ping});
    REQUIRE(eventually([&] { return on.desk.state_of("work") == "connected"; }));
    const Picture answered = on.desk.picture_at_rest();
    const Box bar{frame.x, frame.y, frame.width, 28};
    CHECK(silent.differences(answered, [&](int x, int y) { return bar.holds(x, y); }) > 50);
    CHECK(ring_is(answered, frame, blue));
}

TEST_CASE("who answers after all is told how things are, and hears keys again") {
    Silent on;
    on.desk.clicks(on.desk.window("letters"));
    on.work.forgets();
    on.work.send(lp::Pong{on.ping});
    on.work.answers_pings = true;
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    on.desk.types("c");
    CHECK(on.work.hears<lp::Key>().key == 46);
}

TEST_CASE("closing what does not answer: first it is asked, then it is ended") {
    Silent on;
    const auto closes = [&] {
        const Box frame = on.desk.window("letters").frame;
        on.desk.clicks(frame.x + frame.width - 16, frame.y + 14);
    };
    closes();
    on.work.hears<lp::Close>();
    CHECK(on.work.heard<lp::Kill>() == 0);
    CHECK(on.desk.find("letters").has_value());
    closes();
    CHECK(on.work.hears<lp::Kill>().window == on.letters.id);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    CHECK(eventually([&] { return !on.desk.find("letters").has_value(); }));
    CHECK(on.desk.find("pages").has_value());
    // It may come back.
    on.work.joins();
}
