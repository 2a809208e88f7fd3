// SPDX-License-Identifier: MIT
#include "compositor/spawner/spawner.hpp"

#include "compositor/config/config.hpp"
#include "compositor/spawner/process.hpp"
#include "compositor/spawner/request.hpp"
#include "shm-grants/descriptor_message.hpp"

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

}  // namespace

std::expected<Spawner, std::string> Spawner::fork_off(std::string warden_program) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) {
        return std::unexpected(error_line("socketpair"));
    }
    grants::Descriptor ours(fds[0]), theirs(fds[1]);
    const pid_t pid = fork();
    if (pid < 0) {
        return std::unexpected(error_line("fork"));
    }
    if (pid == 0) {
        ours.reset();
        _exit(run_spawner(std::move(theirs), warden_program));
    }
    return Spawner(std::move(ours), pid);
}

std::expected<WardenProcess, std::string> Spawner::start(const DomainEntry& domain) {
    StartRequest request;
    if (!put(request.domain, domain.name) ||
        !put(request.address, grants::to_string(domain.address))) {
        return std::unexpected("name or address of the domain is too long");
    }
    auto ends = make_warden_ends();
    if (!ends) {
        return std::unexpected(ends.error());
    }
    const int sent[] = {ends->records.get(), ends->end.get()};
    const grants::DescriptorMessage<2> message(std::as_bytes(std::span(&request, 1)), sent);
    if (sendmsg(socket_.get(), &message.header(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        return std::unexpected(error_line("the process that starts wardens does not answer"));
    }
    return std::move(ends->ours);
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
