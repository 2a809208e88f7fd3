// SPDX-License-Identifier: MIT
// The real program, from the first byte to the last: what goes through, in both directions, and how
// it ends. It runs in its cage, so each test here also says that the cage lets the work be done.
#include "compositor/warden/build.hpp"
#include "tests/unit/warden/fixture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace leadlight::warden::test {
namespace {

const auto window = id<WindowId>(1);
const auto pool = id<PoolId>(1);
const auto buffer = id<BufferId>(1);

Commit commit_of(BufferId shown, Serial configure = 0) {
    return {.window = window,
            .configure = configure,
            .layers = {Layer{.buffer = shown,
                             .source = {.width = 16, .height = 16},
                             .damage = {Rect{.width = 16, .height = 16}}}}};
}

TEST_CASE("a window from hello to frame", "[session]") {
    Session session;
    session.greet();
    session.offer_buffer(pool, buffer);
    session.guest_says(ToplevelCreate{.window = window});
    CHECK(session.compositor_hears<ToplevelCreate>().window == window);
    const Configure configure{.window = window, .serial = 7, .scale = 120};
    session.compositor_says(configure);
    CHECK(session.guest_hears<Configure>() == configure);
    for (int i = 0; i < 3; ++i) {
        session.guest_says(commit_of(buffer, 7));
        CHECK(session.compositor_hears<Commit>() == commit_of(buffer, 7));
        session.compositor_says(Frame{window});
        CHECK(session.guest_hears<Frame>().window == window);
    }
    session.guest_leaves();
    CHECK_FALSE(session.next_record());
    CHECK(session.exit_status() == ExitStatus::guest_left);
}

TEST_CASE("the pool's descriptor that the compositor gets is the guest's", "[session]") {
    Session session;
    session.greet();
    auto granter = grants::local::granter();
    const auto pages = granter->grant(3);
    REQUIRE(pages);
    (*pages)->data()[5000] = std::byte{42};
    session.guest_says(PoolCreate{.pool = pool, .kind = PoolKind::memfd, .pages = 3},
                       std::get<grants::MemoryFile>((*pages)->references()).descriptor);
    CHECK(session.compositor_hears<PoolCreate>().pages == 3);
    std::byte read{};
    REQUIRE(pread(session.came_along.get(), &read, 1, 5000) == 1);
    CHECK(read == std::byte{42});
}

TEST_CASE("bytes may come one by one", "[session]") {
    Session session;
    std::vector<std::byte> bytes;
    encode<FromAgent>(Hello{}, bytes);
    encode<FromAgent>(ToplevelCreate{.window = window}, bytes);
    for (const std::byte& byte : bytes) {
        session.guest_writes(std::span(&byte, 1));
    }
    session.compositor_hears<Hello>();
    CHECK(session.compositor_hears<ToplevelCreate>().window == window);
}

TEST_CASE("a keymap goes through as text", "[session]") {
    Session session;
    session.greet();
    const std::string text(100'000, 'k');
    const auto bytes = std::as_bytes(std::span(text));
    const auto file = records::make_sealed_file("keymap", bytes);
    REQUIRE(file);
    session.compositor_says(KeymapFile{bounded<decltype(KeymapFile::size)>(100'000)}, file->get());
    CHECK(std::ranges::equal(session.guest_hears<Keymap>().text.span(), bytes));
}

TEST_CASE("titles become clean text and pixels at the asked style", "[session]") {
    Session session;
    session.greet();
    session.guest_says(ToplevelCreate{.window = window});
    session.compositor_hears<ToplevelCreate>();
    session.guest_says(Title{window, *Text<512>::from("a\u202e\nb")});
    CHECK(session.compositor_hears<TitleText>().text.view() == "a b");

    const auto strip_at = [&](int scale) {
        session.compositor_says(
            TitleStyle{.window = window, .scale = *Scale::from(scale), .max_width = 200});
        const auto strip = session.compositor_hears<TitleStrip>();
        const auto pixels = records::read_sealed_file(session.came_along.get(),
                                                      std::size_t{strip.width} * strip.height);
        REQUIRE(pixels);
        CHECK(std::ranges::any_of(*pixels, [](std::byte b) { return b != std::byte{0}; }));
        return strip;
    };
    const auto small = strip_at(120);
    const auto large = strip_at(240);
    CHECK(large.height == 2 * small.height);
    CHECK(large.width > small.width);

    // Every script that there may be a font for is shaped inside the cage.
    session.guest_says(Title{window, *Text<512>::from("\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d"
                                                      "\u0628\u0627 \u0928\u092e\u0938\u094d\u0924"
                                                      "\u0947 \u4f60\u597d \U0001f600 e\u0301")});
    session.compositor_hears<TitleText>();
    session.compositor_hears<TitleStrip>();
    // Nothing to see, no strip.
    session.guest_says(Title{window, {}});
    CHECK(session.compositor_hears<TitleText>().text.view().empty());
    session.guest_says(DragEnd{});
    session.compositor_hears<DragEnd>();
}

TEST_CASE("a flood of titles is drawn seldom, and the last one stays", "[session]") {
    Session session;
    session.greet();
    session.guest_says(ToplevelCreate{.window = window});
    session.compositor_hears<ToplevelCreate>();
    session.compositor_says(TitleStyle{.window = window, .scale = 120, .max_width = 200});
    for (int i = 0; i <= 2000; ++i) {
        session.guest_says(Title{window, *Text<512>::from("t" + std::to_string(i))});
    }
    int drawn = 0;
    for (std::string last; last != "t2000"; ++drawn) {
        last = session.compositor_hears<TitleText>().text.view(),
        session.compositor_hears<TitleStrip>();
    }
    CHECK(drawn < 1000);
}

TEST_CASE("a cursor's pixels travel in a sealed file", "[session]") {
    Session session;
    session.greet();
    session.guest_says(ToplevelCreate{.window = window});
    session.compositor_hears<ToplevelCreate>();
    session.compositor_says(PointerEnter{.serial = 3, .window = window});
    session.guest_hears<PointerEnter>();
    std::vector<std::byte> pixels(128 * 128 * 4, std::byte{9});
    session.guest_says(CursorImage{.serial = 3,
                                   .width = 128,
                                   .height = 128,
                                   .hotspot_x = 1,
                                   .pixels = *decltype(CursorImage::pixels)::from(pixels)});
    const auto record = session.compositor_hears<CursorFile>();
    CHECK(record.hotspot_x == 1);
    CHECK(records::read_sealed_file(session.came_along.get(), pixels.size()) == pixels);
}

TEST_CASE("who breaks the protocol is named to the compositor, and told", "[session]") {
    Session session;
    SECTION("hello is missing") {
        session.guest_says(ToplevelCreate{.window = window});
        CHECK(session.compositor_hears<Broken>().violation == Violation::hello_expected);
        const auto bye = session.guest_hears<Bye>();
        CHECK(bye.reason == Violation::hello_expected);
        CHECK(bye.opcode == opcode_of<FromAgent, ToplevelCreate>());
    }
    SECTION("an opcode that is none") {
        const std::vector<std::byte> noise(64, std::byte{0xff});
        session.guest_writes(noise);
        CHECK(session.compositor_hears<Broken>().violation == Violation::reserved_not_zero);
    }
    SECTION("a pool without its descriptor") {
        session.greet();
        session.guest_says(PoolCreate{.pool = pool, .pages = 1});
        CHECK(session.compositor_hears<Broken>().violation == Violation::descriptor_missing);
    }
    SECTION("a pool whose descriptor is a pipe") {
        session.greet();
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        const Descriptor in(ends[0]), out(ends[1]);
        session.guest_says(PoolCreate{.pool = pool, .pages = 1}, in.get());
        CHECK(session.compositor_hears<Broken>().violation == Violation::descriptor_refused);
    }
    SECTION("a descriptor with a message that has none") {
        session.greet();
        session.guest_says(DragEnd{}, STDIN_FILENO);
        session.compositor_hears<DragEnd>();
        CHECK(session.compositor_hears<Broken>().violation == Violation::descriptor_unexpected);
    }
    SECTION("a second commit in flight") {
        session.greet();
        session.offer_buffer(pool, buffer);
        session.guest_says(ToplevelCreate{.window = window});
        session.compositor_hears<ToplevelCreate>();
        session.guest_says(commit_of(buffer));
        session.compositor_hears<Commit>();
        session.guest_says(commit_of(buffer));
        CHECK(session.compositor_hears<Broken>().violation == Violation::commit_in_flight);
    }
    CHECK_FALSE(session.next_record());
    CHECK(session.exit_status() == ExitStatus::guest_broke_protocol);
}

TEST_CASE("a dismissal is told to the guest", "[session]") {
    Session session;
    session.greet();
    SECTION("that waits") {}
    SECTION("that floods, so that there are records which nobody reads any more") {
        std::vector<std::byte> bytes;
        for (int i = 0; i < 3000; ++i) {
            encode<FromAgent>(DragEnd{}, bytes);
        }
        REQUIRE(session.guest().write(bytes) == bytes.size());
        session.compositor_hears<DragEnd>();
    }
    int unread = 0;
    SECTION("that has not read what came before") {
        // Until the channel and the socket are full.
        const auto ping = encode_record<ToWarden>(Ping{.serial = 1});
        for (int quiet = 0; quiet < 20;) {
            if (session.compositor().send(ping) == records::Sent::yes) {
                ++unread, quiet = 0;
            } else {
                ++quiet, poll(nullptr, 0, 5);
            }
        }
        session.compositor().make_room();
    }
    session.compositor_says(Dismiss{Violation::no_answer});
    session.compositor_leaves();
    if (unread > 0) {
        auto message = session.next_message();
        while (message && std::holds_alternative<Ping>(*message)) {
            message = session.next_message();
        }
        REQUIRE(message);
        CHECK(std::get<Bye>(*message).reason == Violation::no_answer);
    } else {
        CHECK(session.guest_hears<Bye>().reason == Violation::no_answer);
    }
    CHECK(session.exit_status() == ExitStatus::dismissed);
}

TEST_CASE("a warden tells the compositor alone what its guest did", "[session]") {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    const Descriptor reads(ends[0]);
    Descriptor writes(ends[1]);
    Session session(sanitized_build ? STDERR_FILENO : writes.get());
    writes.reset();
    session.guest_says(ToplevelCreate{.window = window});
    CHECK(session.compositor_hears<Broken>().violation == Violation::hello_expected);
    CHECK(session.exit_status() == ExitStatus::guest_broke_protocol);
    char byte{};
    CHECK(read(reads.get(), &byte, 1) == 0);
}

TEST_CASE("without a compositor there is no warden", "[session]") {
    Session session;
    session.greet();
    SECTION("in peace") {}
    SECTION("while the guest does not read") {
        const Configure configure{.window = window, .scale = 120};
        const auto bytes = encode_record<ToWarden>(configure);
        // Until both the channel and the socket are full and nothing moves any more.
        for (int quiet = 0; quiet < 20;) {
            if (session.compositor().send(bytes) == records::Sent::yes) {
                quiet = 0;
            } else {
                ++quiet, poll(nullptr, 0, 5);
            }
        }
    }
    session.compositor_leaves();
    CHECK(session.exit_status() == ExitStatus::compositor_gone);
}

TEST_CASE("a compositor that does not read stops the guest, and no message is lost", "[session]") {
    Session session;
    session.greet();
    std::vector<std::byte> bytes;
    encode<FromAgent>(DragEnd{}, bytes);
    int said = 0;
    for (int quiet = 0; quiet < 20;) {
        const auto taken = session.guest().write(bytes);
        REQUIRE(taken);
        if (*taken == 0) {
            ++quiet, poll(nullptr, 0, 5);
            continue;
        }
        REQUIRE(*taken == bytes.size());
        ++said;
        quiet = 0;
    }
    // The other direction is not stopped by it.
    session.compositor_says(Ping{.serial = 5});
    CHECK(session.guest_hears<Ping>().serial == 5);
    for (int heard = 0; heard < said; ++heard) {
        session.compositor_hears<DragEnd>();
    }
    session.guest_says(Pong{5});
    CHECK(session.compositor_hears<Pong>().serial == 5);
}

}  // namespace
}  // namespace leadlight::warden::test
