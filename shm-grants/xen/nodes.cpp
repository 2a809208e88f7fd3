// SPDX-License-Identifier: MIT
#include "shm-grants/xen/nodes.hpp"

#include "shm-grants/xen/xen.hpp"

#include <cstdlib>

namespace leadlight::grants::xen {

Store open_store() {
    return Store(xs_open(0));
}

std::optional<std::string> read_node(xs_handle& store, const std::string& path) {
    unsigned length = 0;
    auto* value = static_cast<char*>(xs_read(&store, XBT_NULL, path.c_str(), &length));
    if (value == nullptr) {
        return std::nullopt;
    }
    std::string result(value, length);
    std::free(value);
    return result;
}

std::string server_node(const XenAddress& guest, std::uint16_t admin_domain) {
    return "/local/domain/" + std::to_string(guest.domain) + "/data/vchan/" +
           std::to_string(admin_domain) + '/' + std::to_string(guest.port);
}

}  // namespace leadlight::grants::xen
