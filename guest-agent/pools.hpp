// SPDX-License-Identifier: MIT
// The pages that this domain grants. A pool is made, becomes ready when the admin domain mapped it,
// and goes in two steps: only when the admin domain says that it is unmapped may the grant end,
// and until then its pages count.
#pragma once

#include "guest-agent/sender.hpp"
#include "shm-grants/pages.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace leadlight::agent {

/// Pages for that many bytes with room to grow: steps of at most a quarter, so that an interactive
/// resize reuses its pool.
std::size_t pages_with_slack(std::size_t bytes);

class Pools {
  public:
    Pools(grants::PageGranter& granter, Sender& sender, NextIds& ids)
        : granter_(granter), sender_(sender), ids_(ids) {}

    /// The admin domain holds nothing of an earlier connection any more.
    void welcome(std::size_t max_pages);
    /// All names are void; the pages stay until the next welcome.
    void connection_lost();

    /// Nothing when there is no room; then ask again when `room_made` is another.
    std::optional<protocol::PoolId> create(std::size_t bytes);
    void destroy(protocol::PoolId pool);
    bool is_ready(protocol::PoolId pool) const;
    std::size_t bytes(protocol::PoolId pool) const;
    std::byte* data(protocol::PoolId pool) const;

    void ready(protocol::PoolId pool);
    void unmapped(protocol::PoolId pool);
    /// How long to wait before `ask_again`; nothing while that is under way already.
    std::optional<std::chrono::milliseconds> refused(protocol::PoolId pool);
    void ask_again();
    /// Counts up each time that there may be more room: who found none may ask again.
    std::uint64_t room_made() const { return room_made_; }
    std::size_t pages_used() const { return pages_used_; }

  private:
    static constexpr std::chrono::milliseconds shortest_pause = std::chrono::seconds{1};
    static constexpr std::chrono::milliseconds longest_pause = std::chrono::seconds{30};

    enum class Phase { waiting, ready, refused, leaving };
    struct Pool {
        std::unique_ptr<grants::SharedPages> pages;
        Phase phase = Phase::waiting;
    };

    void announce(protocol::PoolId id, const grants::SharedPages& pages);
    void end(protocol::PoolId id);

    grants::PageGranter& granter_;
    Sender& sender_;
    NextIds& ids_;
    std::map<protocol::PoolId, Pool> pools_;
    std::vector<std::unique_ptr<grants::SharedPages>> of_lost_connection_;
    std::size_t max_pages_ = 0;
    /// Lower than that only while a refusal is waited out.
    std::size_t limit_ = 0;
    /// The last one, while nothing was granted after it.
    std::chrono::milliseconds pause_{};
    std::size_t pages_used_ = 0;
    std::uint64_t room_made_ = 0;
};

}  // namespace leadlight::agent
