// SPDX-License-Identifier: MIT
#include "compositor/spawner/spawner.hpp"

#include "compositor/config/config.hpp"
#include "compositor/spawner/process.hpp"
#include "compositor/spawner/request.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

std::string error_line(const char* what) {
    return std::string(what) + ": " + std::strerror(errno);
}

// Text and its NUL, or false if it does not fit.
template <std::size_t Size>
bool put(std::array<char, Size>& field, const std::string& text) {
    return text.size() < Size && std::snprintf(field.data(), Size, "%s", text.c_str()) >= 0;
}

struct Pair {
    grants::Descriptor ours, theirs;
};

std::expected<Pair, std::string> seqpacket_pair() {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) {
        return std::unexpected(error_line("socketpair"));
    }
    return Pair{grants::Descriptor(fds[0]), grants::Descriptor(fds[1])};
}

}  // namespace

std::expected<Spawner, std::string> Spawner::fork_off(std::string warden_program) {
    auto pair = seqpacket_pair();
    if (!pair) {
        return std::unexpected(pair.error());
    }
    const pid_t pid = fork();
    if (pid < 0) {
        return std::unexpected(error_line("fork"));
    }
    if (pid == 0) {
        pair->ours.reset();
        _exit(run_spawner(std::move(pair->theirs), warden_program));
    }
    return Spawner(std::move(pair->ours), pid);
}

std::expected<WardenProcess, std::string> Spawner::start(const DomainEntry& domain) {
    StartRequest request;
    if (!put(request.domain, domain.name) ||
        !put(request.address, grants::to_string(domain.address))) {
        return std::unexpected("name or address of the domain is too long");
    }
    auto records = seqpacket_pair();
    if (!records) {
        return std::unexpected(records.error());
    }
    // Ours never blocks; the warden chooses for its own end.
    fcntl(records->ours.get(), F_SETFL, O_NONBLOCK);
    int fds[2];
    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        return std::unexpected(error_line("pipe"));
    }
    grants::Descriptor end(fds[0]);
    const grants::Descriptor end_writer(fds[1]);

    const int sent[] = {records->theirs.get(), end_writer.get()};
    iovec bytes{&request, sizeof request};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof sent)] = {};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof sent);
    std::memcpy(CMSG_DATA(header), sent, sizeof sent);
    if (sendmsg(socket_.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        return std::unexpected(error_line("the process that starts wardens does not answer"));
    }
    return WardenProcess{std::move(records->ours), std::move(end)};
}

std::expected<std::string, std::string>
find_program(const std::string& name, const std::string& subdirectory, const std::string& libexec) {
    std::error_code error;
    const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    std::string tried;
    for (const auto& directory : {here, here / subdirectory, std::filesystem::path(libexec)}) {
        const std::string program = directory / name;
        if (!directory.empty() && access(program.c_str(), X_OK) == 0) {
            return program;
        }
        tried += (tried.empty() ? "" : ", ") + directory.string();
    }
    return std::unexpected("no program " + name + " in " + tried);
}

}  // namespace leadlight::compositor
