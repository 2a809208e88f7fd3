// SPDX-License-Identifier: MIT
#include "shm-grants/xen/nodes.hpp"
#include "shm-grants/xen/vchan_channel.hpp"
#include "shm-grants/xen/xen.hpp"

#include <cerrno>
#include <charconv>
#include <system_error>

extern "C" {
#include <libxenvchan.h>
}

namespace leadlight::grants::xen {
namespace {

ChannelError system_error() {
    return errno == EACCES || errno == EPERM || errno == ENOENT || errno == ENXIO
               ? ChannelError::refused
               : ChannelError::failed;
}

}  // namespace

std::expected<std::unique_ptr<Channel>, ChannelError> connect(const XenAddress& address) {
    const auto store = open_store();
    if (!store) {
        return std::unexpected(system_error());
    }
    // The toolstack's word on who we are, in our own directory.
    const auto own = read_node(*store, "domid").value_or("");
    std::uint16_t own_domain = 0;
    const auto [rest, error] = std::from_chars(own.data(), own.data() + own.size(), own_domain);
    if (error != std::errc{}) {
        return std::unexpected(ChannelError::refused);
    }
    const auto node = server_node(address, own_domain);
    // libxenvchan would only say that it failed. What the nodes contain is left to it: numbers,
    // which it passes to the kernel with the guest's domain id beside them.
    if (!read_node(*store, node + "/ring-ref") || !read_node(*store, node + "/event-channel")) {
        return std::unexpected(ChannelError::not_there);
    }
    auto vchan = adopt(libxenvchan_client_init(nullptr, address.domain, node.c_str()));
    if (!vchan) {
        return std::unexpected(system_error());
    }
    return std::make_unique<VchanChannel>(std::move(vchan));
}

}  // namespace leadlight::grants::xen
