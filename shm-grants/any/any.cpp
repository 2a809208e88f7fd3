// SPDX-License-Identifier: MIT
#include "shm-grants/any/any.hpp"

#include "shm-grants/local/local.hpp"
#ifdef LEADLIGHT_WITH_XEN
#include "shm-grants/xen/xen.hpp"
#endif

namespace leadlight::grants {

std::expected<std::unique_ptr<Server>, ChannelError> serve(const Address& address) {
    if (const auto* local_address = std::get_if<LocalAddress>(&address)) {
        return local::serve(*local_address);
    }
#ifdef LEADLIGHT_WITH_XEN
    return xen::serve(std::get<XenAddress>(address));
#else
    return std::unexpected(ChannelError::not_supported);
#endif
}

std::expected<std::unique_ptr<Channel>, ChannelError> connect(const Address& address) {
    if (const auto* local_address = std::get_if<LocalAddress>(&address)) {
        return local::connect(*local_address);
    }
#ifdef LEADLIGHT_WITH_XEN
    return xen::connect(std::get<XenAddress>(address));
#else
    return std::unexpected(ChannelError::not_supported);
#endif
}

std::expected<std::unique_ptr<PageGranter>, GrantError>
make_granter(const Address& address, [[maybe_unused]] std::optional<std::uint32_t> grant_frames) {
    if (std::holds_alternative<LocalAddress>(address)) {
        return local::granter();
    }
#ifdef LEADLIGHT_WITH_XEN
    return xen::granter(std::get<XenAddress>(address).domain,
                        grant_frames.value_or(xen::default_grant_frames));
#else
    return std::unexpected(GrantError::refused);
#endif
}

}  // namespace leadlight::grants
