// SPDX-License-Identifier: MIT
#include "shm-grants/local/local.hpp"
#include "shm-grants/local/stream_socket.hpp"
#include "shm-grants/unix_address.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace leadlight::grants::local {
namespace {

// Whoever may enter the folder may connect, see all windows and type into them.
bool is_private_folder(const std::filesystem::path& folder) {
    struct stat status{};
    return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

// Held while the server lives. A lock ends with its process however that dies, so an old socket
// whose lock is free is surely nobody's, and may be replaced.
std::expected<Descriptor, ChannelError> lock_beside(const std::string& path) {
    Descriptor lock(open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                         S_IRUSR | S_IWUSR));
    if (!lock) {
        return std::unexpected(ChannelError::refused);
    }
    if (flock(lock.get(), LOCK_EX | LOCK_NB) < 0) {
        return std::unexpected(ChannelError::in_use);
    }
    return lock;
}

class SocketServer final : public Server {
  public:
    SocketServer(Descriptor socket, Descriptor lock, std::string path)
        : socket_(std::move(socket)), lock_(std::move(lock)), path_(std::move(path)) {}
    ~SocketServer() override { unlink(path_.c_str()); }

    std::expected<int, ChannelError> listen() override {
        // One waits in the backlog while another is served.
        if (::listen(socket_.get(), 1) < 0) {
            return std::unexpected(ChannelError::failed);
        }
        return socket_.get();
    }

    std::expected<std::unique_ptr<Channel>, ChannelError> accept() override {
        Descriptor client(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client) {
            return channel_on(std::move(client));
        }
        if (errno == EAGAIN || errno == ECONNABORTED || errno == EINTR) {
            return nullptr;
        }
        return std::unexpected(ChannelError::failed);
    }

  private:
    Descriptor socket_;
    Descriptor lock_;
    std::string path_;
};

}  // namespace

std::expected<std::unique_ptr<Server>, ChannelError> serve(const LocalAddress& address) {
    const auto name = unix_address(address.path);
    if (!name) {
        return std::unexpected(ChannelError::refused);
    }
    if (!is_private_folder(std::filesystem::path(address.path).parent_path())) {
        return std::unexpected(ChannelError::open_folder);
    }
    auto lock = lock_beside(address.path);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    auto socket = stream_socket();
    if (!socket) {
        return std::unexpected(ChannelError::failed);
    }
    struct stat old{};
    if (lstat(address.path.c_str(), &old) == 0 && S_ISSOCK(old.st_mode)) {
        unlink(address.path.c_str());
    }
    const auto* generic = reinterpret_cast<const sockaddr*>(&*name);
    if (bind(socket.get(), generic, sizeof *name) < 0) {
        return std::unexpected(errno == EACCES || errno == EADDRINUSE ? ChannelError::refused
                                                                      : ChannelError::failed);
    }
    auto server = std::make_unique<SocketServer>(std::move(socket), std::move(*lock), address.path);
    if (const auto ready = server->listen(); !ready) {
        return std::unexpected(ready.error());
    }
    return server;
}

}  // namespace leadlight::grants::local
