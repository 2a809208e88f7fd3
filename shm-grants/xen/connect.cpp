// SPDX-License-Identifier: MIT
#include "shm-grants/xen/nodes.hpp"
#include "shm-grants/xen/ring_limits.hpp"
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

// Nodes that lead nowhere: of a server that was killed, or is just making others. Which of them
// cannot be told from the error, and the answer to both is to try again when they change.
ChannelError why_not() {
    return errno == ENOMEM || errno == EMFILE || errno == ENFILE ? ChannelError::failed
                                                                 : ChannelError::not_there;
}

// Nodes can name rings that are not for us:
// - of a server that was killed. Its grants stay as long as an old client has them mapped, so they
//   can be mapped again.
// - of a client that was killed, when the guest has not noticed yet. Only clients move these two
//   indices, so in new rings both are 0. The rest of its last message would be the beginning of
//   our first.
bool is_fresh(libxenvchan& vchan) {
    return libxenvchan_is_open(&vchan) == 1 && vchan.write.shr->prod == 0 &&
           vchan.read.shr->cons == 0;
}

// The guest's server says how large its rings are, and libxenvchan maps up to a MiB each way: pages
// of a table that all domains share (rule 7).
bool is_too_large(const libxenvchan_ring& ring) {
    return (std::size_t{1} << ring.order) > ring_bytes;
}

}  // namespace

std::expected<std::unique_ptr<Channel>, ChannelError> connect(const XenAddress& address) {
    const auto store = open_store();
    if (!store || !open_grant_device()) {
        return std::unexpected(ChannelError::refused);
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
        return std::unexpected(why_not());
    }
    if (is_too_large(vchan->read) || is_too_large(vchan->write)) {
        return std::unexpected(ChannelError::broken);
    }
    if (!is_fresh(*vchan)) {
        // Ending the vchan tells the guest, if it lives, whose next listen() makes another.
        return std::unexpected(ChannelError::not_there);
    }
    // The descriptor of events stays with a warden in its cage. From here on it binds none of any
    // other domain's, whatever holds it.
    if (xenevtchn_restrict(vchan->event, address.domain) != 0) {
        return std::unexpected(ChannelError::failed);
    }
    return std::make_unique<VchanChannel>(std::move(vchan));
}

}  // namespace leadlight::grants::xen
