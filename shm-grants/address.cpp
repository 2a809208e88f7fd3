// SPDX-License-Identifier: MIT
#include "shm-grants/address.hpp"

#include <sys/un.h>

#include <charconv>
#include <optional>
#include <system_error>

namespace leadlight::grants {
namespace {

// Xen's DOMID_FIRST_RESERVED: the ids from here on mean "self", "any", and the like.
constexpr std::uint16_t first_reserved_domain = 0x7ff0;

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto* begin = text.begin();
    const auto* end = text.end();
    const auto [rest, error] = std::from_chars(begin, end, number);
    if (error != std::errc{} || rest != end) {
        return std::nullopt;
    }
    return number;
}

std::expected<Address, std::string_view> parse_local(std::string_view path) {
    if (!path.starts_with('/')) {
        return std::unexpected("a local address needs an absolute path");
    }
    if (path.size() >= sizeof(sockaddr_un::sun_path)) {
        return std::unexpected("the path is too long for a Unix socket");
    }
    // Longer in the text than for the kernel: two addresses would be one socket.
    if (path.contains('\0')) {
        return std::unexpected("the path has a NUL in it");
    }
    return LocalAddress{std::string(path)};
}

std::expected<Address, std::string_view> parse_xen(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos) {
        return std::unexpected("a Xen address is xen:DOMID:PORT");
    }
    const auto domain = parse_number<std::uint16_t>(text.substr(0, colon));
    if (!domain || *domain >= first_reserved_domain) {
        return std::unexpected("the domain id is not a number below 32752");
    }
    const auto port = parse_number<std::uint32_t>(text.substr(colon + 1));
    if (!port) {
        return std::unexpected("the port is not a number");
    }
    return XenAddress{*domain, *port};
}

}  // namespace

std::expected<Address, std::string_view> parse_address(std::string_view text) {
    if (text.starts_with("local:")) {
        return parse_local(text.substr(6));
    }
    if (text.starts_with("xen:")) {
        return parse_xen(text.substr(4));
    }
    return std::unexpected("an address starts with local: or xen:");
}

std::string to_string(const Address& address) {
    if (const auto* local = std::get_if<LocalAddress>(&address)) {
        return "local:" + local->path;
    }
    const auto& xen = std::get<XenAddress>(address);
    return "xen:" + std::to_string(xen.domain) + ':' + std::to_string(xen.port);
}

}  // namespace leadlight::grants
