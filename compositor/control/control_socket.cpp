// SPDX-License-Identifier: MIT
#include "compositor/control/control_socket.hpp"

#include "compositor/control/answer.hpp"
#include "compositor/event_source.hpp"
#include "shm-grants/descriptor.hpp"
#include "shm-grants/unix_address.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <list>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wayland-server-core.h>

namespace leadlight::compositor {

namespace {

using grants::Descriptor;

// Bounds on what this user's programs may make the compositor keep.
constexpr std::size_t max_clients = 16;
constexpr std::size_t max_waiting = 4 * 1024 * 1024;  // bytes of answers that nobody reads

std::unexpected<std::string> failed(const std::string& path) {
    return std::unexpected(path + ": " + std::strerror(errno));
}

bool is_our_user(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

// Where a compositor that died left its socket.
bool answers(const sockaddr_un& address) {
    const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
           errno == EAGAIN;
}

}  // namespace

struct ControlSocket::State {
    struct Client {
        Descriptor socket;
        FdWatch watch;
        std::string request;  // so far, without a newline
        std::string waiting;  // of answers
    };

    wl_event_loop* loop;
    std::string path;
    ControlDesk& desk;
    Descriptor listener;
    FdWatch watch;
    std::list<Client> clients;

    ~State() { unlink(path.c_str()); }

    void accept();
    // Each false: the client is done with.
    bool serve(Client& client, std::uint32_t mask);
    bool read_from(Client& client);
    bool write_to(Client& client);
};

void ControlSocket::State::accept() {
    Descriptor socket(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket || !is_our_user(socket.get()) || clients.size() >= max_clients) {
        return;
    }
    const auto client = clients.emplace(clients.end());
    client->socket = std::move(socket);
    client->watch =
        FdWatch(loop, client->socket.get(), WL_EVENT_READABLE, [this, client](std::uint32_t mask) {
            if (!serve(*client, mask)) {
                clients.erase(client);
            }
        });
}

bool ControlSocket::State::serve(Client& client, std::uint32_t mask) {
    if ((mask & WL_EVENT_ERROR) != 0) {
        return false;
    }
    const bool goes_on = (mask & (WL_EVENT_READABLE | WL_EVENT_HANGUP)) == 0 || read_from(client);
    return goes_on && write_to(client);
}

bool ControlSocket::State::read_from(Client& client) {
    std::array<char, max_request> bytes{};
    const ssize_t size = recv(client.socket.get(), bytes.data(), bytes.size(), 0);
    if (size < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    if (size == 0) {
        return false;
    }
    client.request.append(bytes.data(), static_cast<std::size_t>(size));
    for (std::size_t end = 0; (end = client.request.find('\n')) != std::string::npos;) {
        client.waiting += answer(desk, std::string_view(client.request).substr(0, end)) + "\n";
        client.request.erase(0, end + 1);
    }
    return client.request.size() < max_request && client.waiting.size() < max_waiting;
}

bool ControlSocket::State::write_to(Client& client) {
    if (!client.waiting.empty()) {
        const ssize_t size = send(client.socket.get(), client.waiting.data(), client.waiting.size(),
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
        if (size < 0 && errno != EAGAIN && errno != EINTR) {
            return false;
        }
        client.waiting.erase(0, size > 0 ? static_cast<std::size_t>(size) : 0);
    }
    client.watch.set_mask(WL_EVENT_READABLE | (client.waiting.empty() ? 0 : WL_EVENT_WRITABLE));
    return true;
}

std::expected<ControlSocket, std::string>
ControlSocket::listen(wl_event_loop* loop, const std::string& path, ControlDesk& desk) {
    const auto address = grants::unix_address(path);
    if (!address) {
        return std::unexpected(path + ": empty, or too long for a socket");
    }
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) {
        return failed(path);
    }
    if (answers(*address)) {
        return std::unexpected(path + ": another leadlight runs there");
    }
    unlink(path.c_str());
    // The mode that the socket is made with: chmod afterwards would leave a gap.
    const mode_t before = umask(0177);
    const int bound =
        bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
    umask(before);
    if (bound != 0 || ::listen(socket.get(), max_clients) != 0) {
        return failed(path);
    }
    auto state = std::make_unique<State>(loop, path, desk, std::move(socket));
    state->watch = FdWatch(loop, state->listener.get(), WL_EVENT_READABLE,
                           [raw = state.get()](std::uint32_t) { raw->accept(); });
    return ControlSocket(std::move(state));
}

ControlSocket::ControlSocket(std::unique_ptr<State> state) : state_(std::move(state)) {}
ControlSocket::ControlSocket(ControlSocket&&) noexcept = default;
ControlSocket& ControlSocket::operator=(ControlSocket&&) noexcept = default;
ControlSocket::~ControlSocket() = default;

}  // namespace leadlight::compositor
