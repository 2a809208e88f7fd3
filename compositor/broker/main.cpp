// SPDX-License-Identifier: MIT
// leadlightd: the one part of Leadlight with rights on Xen. docs/man/leadlightd.8.scd says what it
// needs and gives; service.hpp is what it does.
#include "compositor/broker/log.hpp"
#include "compositor/broker/options.hpp"
#include "compositor/broker/service.hpp"
#include "shm-grants/unix_address.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace lb = leadlight::broker;
using leadlight::grants::Descriptor;

namespace {

int fail(const std::string& reason) {
    lb::log_error(reason);
    return 1;
}

std::expected<Descriptor, std::string> listen_at(const std::string& path,
                                                 std::optional<gid_t> group) {
    const auto failed = [&] { return std::unexpected(path + ": " + std::strerror(errno)); };
    const auto address = leadlight::grants::unix_address(path);
    if (!address) {
        return std::unexpected(path + ": empty, or too long for a socket");
    }
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    unlink(path.c_str());
    Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Nobody can connect before it is whose it shall be.
    const mode_t before = umask(0177);
    const bool bound = socket && bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address),
                                      sizeof *address) == 0;
    umask(before);
    if (!bound || (group && chown(path.c_str(), 0, *group) != 0) ||
        chmod(path.c_str(), group ? 0660 : 0666) != 0 || listen(socket.get(), 8) != 0) {
        return failed();
    }
    return socket;
}

Descriptor take_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT}) {
        sigaddset(&signals, signal);
    }
    // Before there is any other thread: libxenstore makes one.
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return Descriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

// What systemd kept for us (Service's keep()).
std::vector<Descriptor> take_kept() {
    std::vector<Descriptor> kept;
    const int count = sd_listen_fds(/*unset_environment=*/1);
    for (int i = 0; i < count; ++i) {
        kept.emplace_back(SD_LISTEN_FDS_START + i);
    }
    return kept;
}

}  // namespace

int main(int argc, char** argv) {
    auto parsed = lb::parse_options(argc, argv);
    if (const int* status = std::get_if<int>(&parsed)) {
        return *status;
    }
    auto& options = std::get<lb::Options>(parsed);
    if (access(options.wardens.program.c_str(), X_OK) != 0) {
        return fail(options.wardens.program + ": " + std::strerror(errno));
    }
    auto signals = take_signals();
    auto kept = take_kept();
    auto hypervisor = lb::Hypervisor::open();
    if (!hypervisor) {
        return fail(hypervisor.error());
    }
    auto store = lb::DomainStore::open();
    if (!store) {
        return fail(store.error());
    }
    auto groups = lb::ControlGroups::take_over();
    if (!groups) {
        return fail(groups.error());
    }
    auto listening = listen_at(options.socket, options.group);
    if (!listening) {
        return fail(listening.error());
    }
    lb::Wardens wardens(std::move(options.wardens), std::move(*groups));
    lb::Service service({.hypervisor = std::move(*hypervisor),
                         .store = std::move(*store),
                         .wardens = wardens,
                         .listening = std::move(*listening),
                         .signals = std::move(signals),
                         .former = std::move(kept),
                         .only_user = options.user});
    sd_notify(0, "READY=1");
    const auto ended = service.run();
    unlink(options.socket.c_str());
    return ended ? 0 : fail(ended.error());
}
