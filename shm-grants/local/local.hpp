// SPDX-License-Identifier: MIT
// Both sides on one kernel: Unix stream sockets and sealed memfds. For tests
// and for trying Leadlight out; the shipped compositor accepts it only behind a
// switch, because "who is at the other end" is only as good as file permissions.
#pragma once

#include "shm-grants/address.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/mapping.hpp"
#include "shm-grants/pages.hpp"

#include <cstddef>
#include <expected>
#include <memory>
#include <utility>

namespace leadlight::grants::local {

/// Guest. The folder must be this user's and closed to all others (0700).
/// An old socket there is replaced.
[[nodiscard]] std::expected<std::unique_ptr<Server>, ChannelError>
serve(const LocalAddress& address);

/// Admin domain.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError>
connect(const LocalAddress& address);

/// Two ends at once, for tests. Then a channel on a connected stream socket that came from
/// elsewhere.
using ChannelPair = std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>>;
[[nodiscard]] std::expected<ChannelPair, ChannelError> channel_pair();
std::unique_ptr<Channel> channel_on(Descriptor stream_socket);

/// Guest. The limit stands in for Xen's.
inline constexpr std::size_t default_page_limit = std::size_t{128} * 1024;
std::unique_ptr<PageGranter> granter(std::size_t page_limit = default_page_limit);

/// Admin domain. The descriptor came from a guest: everything about it is checked here.
[[nodiscard]] std::expected<std::unique_ptr<PageMapping>, MapError> map(Descriptor memory_file,
                                                                        std::size_t pages);

}  // namespace leadlight::grants::local
