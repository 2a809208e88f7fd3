// SPDX-License-Identifier: MIT
#include "help.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace leadlight::grants::test {
namespace {

std::unique_ptr<Server> serve(const LocalAddress& address) {
    auto server = local::serve(address);
    REQUIRE(server.has_value());
    return std::move(*server);
}

bool becomes_readable(int descriptor) {
    pollfd poll_for{descriptor, POLLIN, 0};
    return poll(&poll_for, 1, 5000) == 1;
}

std::unique_ptr<Channel> accept_next(Server& server) {
    const auto descriptor = server.listen();
    REQUIRE(descriptor.has_value());
    REQUIRE(becomes_readable(*descriptor));
    auto channel = server.accept();
    REQUIRE(channel.has_value());
    REQUIRE(*channel != nullptr);
    return std::move(*channel);
}

TEST_CASE("the admin domain connects to the guest, once and again") {
    const PrivateFolder folder;
    const auto server = serve(folder.socket());
    CHECK(server->accept()->get() == nullptr);
    for (int round = 0; round < 3; ++round) {
        const auto admin = local::connect(folder.socket());
        REQUIRE(admin.has_value());
        const auto guest = accept_next(*server);
        write_all(**admin, "who are you");
        CHECK(read_some(*guest, 100) == "who are you");
    }
}

TEST_CASE("a client killed in the middle of a message leaves nothing to the next") {
    const PrivateFolder folder;
    const auto server = serve(folder.socket());
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto admin = local::connect(folder.socket());
        const auto taken = (*admin)->write(bytes("half a mess"));
        raise(taken == 11U ? SIGKILL : SIGABRT);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));

    auto former = accept_next(*server);
    CHECK(read_some(*former, 100) == "half a mess");
    std::array<std::byte, 8> buffer;
    CHECK(former->read(buffer) == std::unexpected(ChannelError::closed));
    former.reset();

    const auto admin = local::connect(folder.socket());
    REQUIRE(admin.has_value());
    const auto next = accept_next(*server);
    write_all(**admin, "whole");
    CHECK(read_some(*next, 100) == "whole");
}

TEST_CASE("connecting where nobody listens") {
    const PrivateFolder folder;
    CHECK(local::connect(folder.socket()).error() == ChannelError::not_there);
    CHECK(local::connect({folder.path() / "no" / "such"}).error() == ChannelError::not_there);
    CHECK(local::connect({""}).error() == ChannelError::not_there);
    {
        const auto server = serve(folder.socket());
        CHECK(local::connect(folder.socket()).has_value());
    }
    CHECK(local::connect(folder.socket()).error() == ChannelError::not_there);
}

TEST_CASE("two guests cannot listen at one address") {
    const PrivateFolder folder;
    auto first = serve(folder.socket());
    CHECK(local::serve(folder.socket()).error() == ChannelError::in_use);
    first.reset();
    CHECK(local::serve(folder.socket()).has_value());
}

TEST_CASE("a dead guest's socket is replaced") {
    const PrivateFolder folder;
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto server = local::serve(folder.socket());
        raise(server.has_value() ? SIGKILL : SIGABRT);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    REQUIRE(std::filesystem::is_socket(folder.socket().path));
    CHECK(local::serve(folder.socket()).has_value());
}

TEST_CASE("a folder that others may enter is refused") {
    const PrivateFolder folder;
    REQUIRE(chmod(folder.path().c_str(), 0710) == 0);
    CHECK(local::serve(folder.socket()).error() == ChannelError::open_folder);
    REQUIRE(chmod(folder.path().c_str(), 0701) == 0);
    CHECK(local::serve(folder.socket()).error() == ChannelError::open_folder);
    REQUIRE(chmod(folder.path().c_str(), 0700) == 0);
    CHECK(local::serve(folder.socket()).has_value());
}

TEST_CASE("a link to a private folder is refused: it may point elsewhere tomorrow") {
    const PrivateFolder folder;
    const PrivateFolder other;
    std::filesystem::create_directory_symlink(folder.path(), other.path() / "link");
    CHECK(local::serve({other.path() / "link" / "channel"}).error() == ChannelError::open_folder);
}

TEST_CASE("a file in the socket's place is not deleted") {
    const PrivateFolder folder;
    Descriptor(open(folder.socket().path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    CHECK(local::serve(folder.socket()).error() == ChannelError::refused);
    CHECK(std::filesystem::is_regular_file(folder.socket().path));
}

}  // namespace
}  // namespace leadlight::grants::test
