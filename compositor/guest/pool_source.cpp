// SPDX-License-Identifier: MIT
#include "compositor/guest/pool_source.hpp"

#include "compositor/log.hpp"
#include "compositor/server.hpp"
#include "shm-grants/local/local.hpp"
#ifdef LEADLIGHT_WITH_XEN
#include "shm-grants/xen/xen.hpp"
#endif

namespace leadlight::compositor {

using protocol::PoolKind;
using protocol::Violation;

PoolKind pool_kind(const grants::Address& address) {
    return std::holds_alternative<grants::XenAddress>(address) ? PoolKind::grant_references
                                                               : PoolKind::memfd;
}

NewMapping map_file(grants::Descriptor file, std::size_t pages) {
    auto mapping = grants::local::map(std::move(file), pages);
    if (!mapping) {
        return std::unexpected(Violation::descriptor_refused);
    }
    return std::move(*mapping);
}

#ifdef LEADLIGHT_WITH_XEN
NewMapping map_references(Server& server, const grants::Address& address,
                          const std::vector<std::uint32_t>& references) {
    const auto* xen = std::get_if<grants::XenAddress>(&address);
    if (!xen) {
        return std::unexpected(Violation::mapping_failed);
    }
    if (!server.gntdev) {
        server.gntdev = grants::xen::open_grant_device();
    }
    if (!server.gntdev) {
        log_error("/dev/xen/gntdev cannot be opened");
        return std::unexpected(Violation::mapping_failed);
    }
    auto mapping = grants::xen::map(server.gntdev.get(), xen->domain, references);
    if (!mapping) {
        return std::unexpected(Violation::mapping_failed);
    }
    return std::move(*mapping);
}
#else
NewMapping map_references(Server&, const grants::Address&, const std::vector<std::uint32_t>&) {
    return std::unexpected(Violation::mapping_failed);
}
#endif

}  // namespace leadlight::compositor
