// SPDX-License-Identifier: MIT
// The small pure parts: serials, units, text, X11's resources, the command line, the queue.
#include "guest-agent/options.hpp"
#include "guest-agent/outgoing.hpp"
#include "guest-agent/serial_map.hpp"
#include "guest-agent/text.hpp"
#include "guest-agent/units.hpp"
#include "guest-agent/x_resources.hpp"
#include "protocol/framing.hpp"
#include "shm-grants/local/local.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <fcntl.h>

namespace leadlight::agent {

TEST_CASE("a serial leads back to the event that it came from") {
    SerialMap map;
    map.note(10, 12, 100, SerialMap::Cause::other);
    map.note(12, 13, 101, SerialMap::Cause::press);
    map.note(13, 13, 102, SerialMap::Cause::other);  // no program heard of it
    CHECK(map.admin(10) == 0);
    CHECK(map.admin(11) == 100);
    CHECK(map.admin(12) == 100);
    CHECK(map.admin(13) == 101);
    CHECK(map.admin(14) == 0);
    CHECK(map.last_press() == 101);
    CHECK(map.last_deed() == 101);
    map.note(13, 14, 103, SerialMap::Cause::pointer);
    map.note(14, 15, 104, SerialMap::Cause::other);
    CHECK(map.last_press() == 101);
    CHECK(map.last_deed() == 103);
    map.clear();
    CHECK(map.admin(13) == 0);
    CHECK(map.last_press() == 0);
    CHECK(map.last_deed() == 0);
}

TEST_CASE("serials wrap around, and old ones are forgotten") {
    SerialMap map;
    map.note(0xfffffffe, 1, 7, SerialMap::Cause::other);
    CHECK(map.admin(0xffffffff) == 7);
    CHECK(map.admin(0) == 7);
    CHECK(map.admin(1) == 7);
    for (std::uint32_t i = 0; i < 300; ++i) {
        map.note(100 + i, 101 + i, 1000 + i, SerialMap::Cause::other);
    }
    CHECK(map.admin(1) == 0);
    CHECK(map.admin(400) == 1299);
}

TEST_CASE("neighbours in logical units stay neighbours in pixels") {
    const WindowScale scale(150);  // 1.25
    for (int x = 0; x < 50; ++x) {
        const Box left = scale.to_physical(Box{x, 0, 13, 1}),
                  right = scale.to_physical(Box{x + 13, 0, 7, 1});
        CHECK(left.x + left.width == right.x);
    }
    CHECK(scale.whole() == 2);
    CHECK(WindowScale(120).whole() == 1);
    for (int physical = 1; physical < 500; ++physical) {
        CHECK(scale.to_physical(scale.fits_logical(physical)) <= physical);
    }
}

TEST_CASE("text is made valid and cut between characters") {
    CHECK(to_text<512>("plain").view() == "plain");
    CHECK(to_text<512>(nullptr).view().empty());
    CHECK(to_text<512>("a\xff\xc3z").view() == "a??z");
    CHECK(to_text<4>("abc\xc3\xa4").view() == "abc");
    CHECK(to_text<5>("abc\xc3\xa4").view() == "abc\xc3\xa4");
}

TEST_CASE("X11's resources tell the scale, and keep what else they tell") {
    CHECK(with_scale("", WindowScale()) == "Xft.dpi:\t96\nXcursor.size:\t24\n");
    const std::string twice =
        with_scale("XTerm*background:\tblack\nXft.dpi:\t96\nXft.dpiX:\t1", WindowScale(240));
    CHECK(twice == "XTerm*background:\tblack\nXft.dpiX:\t1\nXft.dpi:\t192\nXcursor.size:\t48\n");
    CHECK(with_scale(twice, WindowScale(240)) == twice);
    CHECK(with_scale("Xcursor.size : 9\n\n", WindowScale(133)) ==
          "Xft.dpi:\t106\nXcursor.size:\t27\n");
}

TEST_CASE("the command line") {
    const std::array right{"--listen", "local:/tmp/a/b", "--no-xwayland", "--", "foot", "-e"};
    const auto options = parse_options(right);
    REQUIRE(options);
    CHECK_FALSE(options->xwayland);
    CHECK(options->program == std::vector<std::string>{"foot", "-e"});
    CHECK(parse_options(std::array{"--help"})->answer.starts_with("usage: leadlight-agent "));
    CHECK(parse_options(std::array{"--version"})->answer.starts_with("leadlight-agent "));

    CHECK_FALSE(parse_options({}));
    CHECK_FALSE(parse_options(std::array{"--listen"}));
    CHECK_FALSE(parse_options(std::array{"--listen", "nonsense"}));
    CHECK_FALSE(parse_options(std::array{"--listen", "local:/tmp/a/b", "foot"}));
    CHECK_FALSE(parse_options(std::array{"--listen", "local:/tmp/a/b", "--"}));
}

TEST_CASE("a descriptor travels with the first byte of its message") {
    auto [guest, admin] = *grants::local::channel_pair();
    Outgoing outgoing;
    outgoing.push(protocol::Hello{});
    outgoing.push(protocol::PoolCreate{}, grants::Descriptor(open("/dev/null", O_RDONLY)));
    outgoing.push(protocol::Pong{7});
    // Two at once: each has its own.
    outgoing.push(protocol::PoolCreate{}, grants::Descriptor(open("/dev/null", O_RDONLY)));
    outgoing.push(protocol::PoolCreate{}, grants::Descriptor(open("/dev/null", O_RDONLY)));
    REQUIRE(outgoing.write_to(*guest));
    CHECK(outgoing.empty());

    protocol::Framing<protocol::FromAgent> framing;
    std::vector<std::size_t> heard;
    int came_in_time = 0;
    std::array<std::byte, 1> byte;  // the hardest way to read
    while (admin->read(byte).value_or(0) == 1) {
        framing.append(byte);
        if (const auto message = framing.next(); message && *message) {
            heard.push_back((*message)->index());
            if (std::holds_alternative<protocol::PoolCreate>(**message)) {
                came_in_time += admin->take_descriptor() ? 1 : 0;
            }
        }
    }
    CHECK(heard.size() == 5);
    CHECK(came_in_time == 3);
}

TEST_CASE("a peer that does not read fills the queue, and nothing is lost when it does") {
    auto [guest, admin] = *grants::local::channel_pair();
    Outgoing outgoing;
    std::uint32_t sent = 0;
    while (!outgoing.crowded()) {
        outgoing.push(protocol::Pong{++sent});
        REQUIRE(outgoing.write_to(*guest));
    }
    protocol::Framing<protocol::FromAgent> framing;
    std::uint32_t heard = 0;
    std::vector<std::byte> bytes(4096);
    while (heard < sent) {
        const auto count = admin->read(bytes).value_or(0);
        framing.append(std::span(bytes).first(count));
        for (auto message = framing.next(); message && *message; message = framing.next()) {
            REQUIRE(std::get<protocol::Pong>(**message).serial == ++heard);
        }
        REQUIRE(outgoing.write_to(*guest));
    }
    CHECK(outgoing.empty());
}

}  // namespace leadlight::agent
