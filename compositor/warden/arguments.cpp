// SPDX-License-Identifier: MIT
#include "compositor/warden/arguments.hpp"

#include "protocol/name.hpp"

#include <charconv>
#include <memory>

namespace leadlight::warden {

const char* const usage_text =
    "usage: leadlight-warden --channel ADDRESS --records FD --domain NAME\n"
    "                        [--user UID]\n"
    "\n"
    "Serves one connection to one guest: reads and checks what its agent writes, inside a cage,\n"
    "and passes it on to the compositor as records. Started by leadlightd, not by hand.\n"
    "\n"
    "  --channel ADDRESS  where the guest listens: local:/PATH or xen:DOMID:PORT\n"
    "  --records FD       the SOCK_SEQPACKET socket to the compositor\n"
    "  --domain NAME      names the guest in the log\n"
    "  --user UID         become this user once connected, before the guest is read\n"
    "  --help             this\n"
    "\n"
    "Exit status: 0 the guest left, 1 failure of its own, 2 wrong arguments, 3 no connection,\n"
    "4 no fonts, 5 no cage, 6 the guest broke the protocol, 7 dismissed, 8 the compositor is\n"
    "gone, 9 the channel broke.\n";

std::expected<Arguments, std::string> parse_arguments(std::span<char* const> words) {
    Arguments arguments;
    bool has_channel = false;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        const std::string_view option = words[i];
        if (i + 1 == words.size()) {
            return std::unexpected(std::string(option) + " needs a value");
        }
        const std::string_view value = words[i + 1];
        if (option == "--channel") {
            auto address = grants::parse_address(value);
            if (!address) {
                return std::unexpected("--channel: " + std::string(address.error()));
            }
            arguments.channel = std::move(*address);
            has_channel = true;
        } else if (option == "--records") {
            const auto* const end = std::to_address(value.end());
            const auto parsed =
                std::from_chars(std::to_address(value.begin()), end, arguments.records);
            // 0 to 2 are the standard streams.
            if (parsed.ec != std::errc() || parsed.ptr != end || arguments.records < 3) {
                return std::unexpected("--records: not a descriptor's number from 3 on");
            }
        } else if (option == "--domain") {
            if (!protocol::is_name(value)) {
                return std::unexpected("--domain: not a domain's name");
            }
            arguments.domain = value;
        } else if (option == "--user") {
            const auto* const end = std::to_address(value.end());
            std::uint32_t user = 0;
            const auto parsed = std::from_chars(std::to_address(value.begin()), end, user);
            // Not root, and not what the kernel takes for "leave it as it is".
            if (parsed.ec != std::errc() || parsed.ptr != end || user == 0 || user == UINT32_MAX) {
                return std::unexpected("--user: not a user's number from 1 on");
            }
            arguments.user = user;
        } else {
            return std::unexpected("unknown option " + std::string(option));
        }
    }
    if (!has_channel || arguments.records < 0 || arguments.domain.empty()) {
        return std::unexpected("--channel, --records and --domain are all needed");
    }
    return arguments;
}

}  // namespace leadlight::warden
