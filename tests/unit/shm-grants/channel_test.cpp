// SPDX-License-Identifier: MIT
#include "help.hpp"

#include "shm-grants/descriptor_message.hpp"

#include <catch2/generators/catch_generators_range.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <random>

namespace leadlight::grants::test {
namespace {

local::ChannelPair pair() {
    auto made = local::channel_pair();
    REQUIRE(made.has_value());
    return std::move(*made);
}

short events_now(const Channel& channel) {
    pollfd poll_for{channel.poll_descriptor(), POLLIN | POLLOUT, 0};
    REQUIRE(poll(&poll_for, 1, 0) >= 0);
    return poll_for.revents;
}

// A file that can be told from others: its inode.
ino_t identity(int descriptor) {
    struct stat status{};
    REQUIRE(fstat(descriptor, &status) == 0);
    return status.st_ino;
}

Descriptor some_file() {
    Descriptor file(memfd_create("test", MFD_CLOEXEC));
    REQUIRE(file);
    return file;
}

TEST_CASE("bytes arrive, in pieces of any size") {
    auto [guest, admin] = pair();
    CHECK(read_some(*admin, 10).empty());
    write_all(*guest, "hello, ");
    write_all(*guest, "world");
    CHECK((events_now(*admin) & POLLIN) != 0);
    CHECK(read_some(*admin, 3) == "hel");
    CHECK(read_some(*admin, 0).empty());
    CHECK(read_some(*admin, 100) == "lo, world");
    CHECK(read_some(*admin, 100).empty());
    write_all(*admin, "and back");
    CHECK(read_some(*guest, 100) == "and back");
}

TEST_CASE("a full channel takes what it can, then nothing, and shows when there is room") {
    auto [guest, admin] = pair();
    const std::vector<std::byte> block(1 << 20, std::byte{7});
    std::size_t written = 0;
    for (;;) {
        const auto taken = guest->write(block);
        REQUIRE(taken.has_value());
        if (*taken == 0) {
            break;
        }
        written += *taken;
    }
    CHECK(written > 0);
    REQUIRE(guest->room_shows_as_writable());
    CHECK((events_now(*guest) & POLLOUT) == 0);
    std::size_t read = 0;
    for (std::size_t got = 1; got > 0; read += got) {
        got = read_some(*admin, 1 << 16).size();
    }
    CHECK(read == written);
    CHECK((events_now(*guest) & POLLOUT) != 0);
}

TEST_CASE("the last words are read before the end, which then stays") {
    auto [guest, admin] = pair();
    write_all(*guest, "last words");
    guest.reset();
    CHECK(admin->write(bytes("anyone?")) == std::unexpected(ChannelError::closed));
    CHECK(read_some(*admin, 4) == "last");
    CHECK(read_some(*admin, 100) == " words");
    std::array<std::byte, 8> buffer;
    CHECK(admin->read(buffer) == std::unexpected(ChannelError::closed));
    CHECK(admin->read(buffer) == std::unexpected(ChannelError::closed));
    CHECK(admin->write(bytes("x")) == std::unexpected(ChannelError::closed));
}

TEST_CASE("a descriptor arrives with the first of its bytes, not before") {
    auto [guest, admin] = pair();
    const auto file = some_file();
    write_all(*guest, "before");
    REQUIRE(guest->write_with_descriptor(bytes("with"), file.get()) == 4);
    write_all(*guest, "after");
    CHECK(read_some(*admin, 6) == "before");
    CHECK_FALSE(admin->take_descriptor().has_value());
    CHECK(read_some(*admin, 1) == "w");
    const auto arrived = admin->take_descriptor();
    REQUIRE(arrived.has_value());
    CHECK(arrived->get() != file.get());
    CHECK(identity(arrived->get()) == identity(file.get()));
    CHECK((fcntl(arrived->get(), F_GETFD) & FD_CLOEXEC) != 0);
    CHECK_FALSE(admin->take_descriptor().has_value());
}

TEST_CASE("a descriptor without a byte is not sent") {
    auto [guest, admin] = pair();
    CHECK(guest->write_with_descriptor({}, some_file().get()) == 0);
    CHECK(read_some(*admin, 10).empty());
    CHECK_FALSE(admin->take_descriptor().has_value());
}

TEST_CASE("descriptors wait in order, up to the limit") {
    auto [guest, admin] = pair();
    std::vector<ino_t> sent;
    for (std::size_t i = 0; i < Channel::max_waiting_descriptors; ++i) {
        const auto file = some_file();
        sent.push_back(identity(file.get()));
        REQUIRE(guest->write_with_descriptor(bytes("x"), file.get()) == 1);
    }
    while (!read_some(*admin, 100).empty()) {
    }
    for (const auto expected : sent) {
        const auto arrived = admin->take_descriptor();
        REQUIRE(arrived.has_value());
        CHECK(identity(arrived->get()) == expected);
    }
    CHECK_FALSE(admin->take_descriptor().has_value());
}

std::size_t open_descriptors() {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

TEST_CASE("one descriptor too many ends the channel, and none is left open") {
    auto [guest, admin] = pair();
    const auto before = open_descriptors();
    for (std::size_t i = 0; i <= Channel::max_waiting_descriptors; ++i) {
        REQUIRE(guest->write_with_descriptor(bytes("x"), some_file().get()) == 1);
    }
    std::expected<std::size_t, ChannelError> got;
    std::array<std::byte, 8> buffer;
    do {
        got = admin->read(buffer);
    } while (got && *got > 0);
    CHECK(got == std::unexpected(ChannelError::too_many_descriptors));
    CHECK(admin->read(buffer) == std::unexpected(ChannelError::too_many_descriptors));
    CHECK_FALSE(admin->take_descriptor().has_value());
    CHECK(open_descriptors() == before);
}

TEST_CASE("many descriptors in one message end the channel, and none is left open") {
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    const Descriptor raw(ends[0]);
    const auto admin = local::channel_on(Descriptor(ends[1]));
    const auto before = open_descriptors();

    constexpr std::size_t count = 200;
    const std::vector<int> many(count, STDERR_FILENO);
    const auto byte = bytes("x");
    const DescriptorMessage<count> message(byte, many);
    REQUIRE(sendmsg(raw.get(), &message.header(), 0) == 1);

    std::array<std::byte, 8> buffer;
    CHECK(admin->read(buffer) == std::unexpected(ChannelError::too_many_descriptors));
    CHECK(open_descriptors() == before);
}

// The property that the layer above stands on: whatever the sizes of reads and writes are, the
// reader gets what the writer wrote, and each descriptor with the byte that it was sent with.
TEST_CASE("random reads and writes keep bytes and descriptors in order") {
    const auto seed = GENERATE(range(1U, 21U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto [guest, admin] = pair();
    std::string sent;
    std::string received;
    std::vector<std::pair<std::size_t, ino_t>> marks;  // byte that it went with
    std::size_t next_mark = 0;

    for (int turn = 0; turn < 400; ++turn) {
        std::string block(random() % 5000, '\0');
        std::ranges::generate(block, [&] { return static_cast<char>(random()); });
        if (random() % 8 == 0 && marks.size() - next_mark < Channel::max_waiting_descriptors) {
            const auto file = some_file();
            const auto taken = guest->write_with_descriptor(bytes(block), file.get());
            REQUIRE(taken.has_value());
            if (*taken > 0) {
                marks.emplace_back(sent.size(), identity(file.get()));
                sent += block.substr(0, *taken);
            }
        } else {
            const auto taken = guest->write(bytes(block));
            REQUIRE(taken.has_value());
            sent += block.substr(0, *taken);
        }
        received += read_some(*admin, random() % 7000);
        while (auto file = admin->take_descriptor()) {
            REQUIRE(next_mark < marks.size());
            CHECK(identity(file->get()) == marks[next_mark].second);
            CHECK(received.size() > marks[next_mark].first);
            ++next_mark;
        }
        // None may be late either.
        REQUIRE((next_mark == marks.size() || received.size() <= marks[next_mark].first));
    }
    for (std::string more; !(more = read_some(*admin, 100000)).empty();) {
        received += more;
    }
    CHECK(received == sent);
}

}  // namespace
}  // namespace leadlight::grants::test
