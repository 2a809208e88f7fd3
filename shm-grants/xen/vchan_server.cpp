// SPDX-License-Identifier: MIT
// One vchan serves one client. libxenvchan could keep the rings for the next
// one (server_persist), but then the next finds in them what the former left:
// half a message after a kill. So each gets rings, grants and nodes of its own.
#include "shm-grants/xen/ring_limits.hpp"
#include "shm-grants/xen/vchan_channel.hpp"
#include "shm-grants/xen/xen.hpp"

#include <cerrno>

extern "C" {
#include <libxenvchan.h>
}

namespace leadlight::grants::xen {
namespace {

class VchanServer final : public Server {
  public:
    explicit VchanServer(const XenAddress& address)
        : client_domain_(address.domain), node_("data/vchan/" + std::to_string(address.domain) +
                                                '/' + std::to_string(address.port)) {}

    std::expected<int, ChannelError> listen() override {
        // Ending the former vchan removes its nodes: were that to happen after the new one wrote
        // its own, nobody would find us again.
        if (!former_.expired()) {
            return std::unexpected(ChannelError::failed);
        }
        if (!waiting_) {
            waiting_ = adopt(libxenvchan_server_init(nullptr, client_domain_, node_.c_str(),
                                                     ring_bytes, ring_bytes));
        }
        if (!waiting_) {
            return std::unexpected(errno == EACCES || errno == ENOENT ? ChannelError::refused
                                                                      : ChannelError::failed);
        }
        return libxenvchan_fd_for_select(waiting_.get());
    }

    std::expected<std::unique_ptr<Channel>, ChannelError> accept() override {
        if (!waiting_) {
            return nullptr;
        }
        acknowledge_event(*waiting_);
        constexpr int nobody_yet = 2;
        if (libxenvchan_is_open(waiting_.get()) == nobody_yet) {
            return nullptr;
        }
        // Also a client that came and went: what it said can be read, then the channel is closed.
        former_ = waiting_;
        return std::make_unique<VchanChannel>(std::move(waiting_));
    }

  private:
    int client_domain_;
    std::string node_;
    Vchan waiting_;
    std::weak_ptr<libxenvchan> former_;
};

}  // namespace

std::expected<std::unique_ptr<Server>, ChannelError> serve(const XenAddress& address) {
    auto server = std::make_unique<VchanServer>(address);
    if (const auto ready = server->listen(); !ready) {
        return std::unexpected(ready.error());
    }
    return server;
}

}  // namespace leadlight::grants::xen
