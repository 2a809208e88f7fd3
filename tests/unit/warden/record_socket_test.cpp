// SPDX-License-Identifier: MIT
// The record socket against an end that does not keep the rules, and what it does when full.
#include "compositor/records/record_socket.hpp"
#include "shm-grants/descriptor_message.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace leadlight::records::test {
namespace {

using namespace protocol;

struct Pair {
    Pair() {
        int fds[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == 0);
        ours.emplace(Descriptor(fds[0]));
        theirs = Descriptor(fds[1]);
    }
    void sends(std::span<const std::byte> bytes, std::vector<int> descriptors = {}) const {
        const grants::DescriptorMessage<64> message(bytes, descriptors);
        REQUIRE(sendmsg(theirs.get(), &message.header(), 0) == ssize_t(bytes.size()));
    }
    auto receives() { return receive_record<ToWarden>(*ours); }

    std::optional<RecordSocket> ours;
    Descriptor theirs;
};

std::ptrdiff_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
}

const auto ping = encode_record<ToWarden>(Ping{.serial = 3});
const auto keymap = encode_record<ToWarden>(KeymapFile{});

TEST_CASE("last words are heard, though the other end left some of ours unread", "[records]") {
    Pair pair;
    REQUIRE(pair.ours->send(ping) == Sent::yes);
    pair.sends(ping);
    pair.theirs.reset();
    const auto arrived = pair.receives();
    REQUIRE(arrived);
    REQUIRE(*arrived);
    CHECK(std::get<Ping>((*arrived)->record).serial == 3);
    CHECK(std::get<SocketError>(pair.receives().error()) == SocketError::closed);
}

TEST_CASE("there is room for a last word in a full socket", "[records]") {
    Pair pair;
    RecordSocket theirs(std::move(pair.theirs));
    while (theirs.send(keymap) == Sent::yes) {
    }
    CHECK(theirs.send(ping) == Sent::no_room);
    theirs.make_room();
    CHECK(theirs.send(ping) == Sent::yes);
}

TEST_CASE("records come whole, one a datagram", "[records]") {
    Pair pair;
    CHECK_FALSE(*pair.receives());
    pair.sends(ping);
    pair.sends(keymap, {STDERR_FILENO});
    CHECK(std::get<Ping>((*pair.receives())->record).serial == 3);
    const auto arrived = pair.receives();
    REQUIRE(arrived);
    CHECK((fcntl((*arrived)->descriptor.get(), F_GETFD) & FD_CLOEXEC) != 0);
    CHECK_FALSE(*pair.receives());
    pair.theirs.reset();
    CHECK(std::get<SocketError>(pair.receives().error()) == SocketError::closed);
}

TEST_CASE("what is no record is a fault, and keeps no descriptor", "[records]") {
    Pair pair;
    const auto before = open_descriptors();
    const auto fault = [&] { return std::get<Fault>(pair.receives().error()).violation; };
    const auto error = [&] { return std::get<SocketError>(pair.receives().error()); };
    SECTION("a descriptor too much") {
        pair.sends(ping, {STDERR_FILENO});
        CHECK(fault() == Violation::descriptor_unexpected);
    }
    SECTION("none where one is due") {
        pair.sends(keymap);
        CHECK(fault() == Violation::descriptor_missing);
    }
    SECTION("two") {
        pair.sends(keymap, {STDERR_FILENO, STDERR_FILENO});
        CHECK(error() == SocketError::truncated);
    }
    SECTION("many") {
        pair.sends(keymap, std::vector<int>(50, STDERR_FILENO));
        CHECK(error() == SocketError::truncated);
    }
    SECTION("too long") {
        pair.sends(std::vector<std::byte>(max_record + 1));
        CHECK(error() == SocketError::truncated);
    }
    SECTION("too short") {
        pair.sends(std::span(ping).first(ping.size() - 1));
        CHECK(fault() == Violation::wrong_length);
    }
    SECTION("a kind that is none") {
        auto unknown = ping;
        unknown[1] = std::byte{0x70};
        pair.sends(unknown, {STDERR_FILENO});
        CHECK(fault() == Violation::unknown_opcode);
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("a full socket says so, and takes more when it was read", "[records]") {
    Pair pair;
    int sent = 0;
    while (pair.ours->send(ping) == Sent::yes) {
        ++sent;
    }
    CHECK(sent > 16);
    CHECK(pair.ours->send(ping) == Sent::no_room);
    std::byte buffer[max_record];
    for (int i = 0; i < sent; ++i) {
        REQUIRE(recv(pair.theirs.get(), buffer, sizeof buffer, 0) == ssize_t(ping.size()));
    }
    pollfd watched{pair.ours->poll_descriptor(), POLLOUT, 0};
    CHECK(poll(&watched, 1, 0) == 1);
    CHECK(pair.ours->send(ping) == Sent::yes);
    pair.theirs.reset();
    CHECK(pair.ours->send(ping).error() == SocketError::closed);
}

}  // namespace
}  // namespace leadlight::records::test
