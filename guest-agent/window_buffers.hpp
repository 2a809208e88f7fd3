// SPDX-License-Identifier: MIT
// The one or two granted buffers that a window draws into by turns, and for each the region in
// which it lags behind the latest content: only that is copied.
#pragma once

#include "guest-agent/flatten.hpp"
#include "guest-agent/pools.hpp"

#include <optional>
#include <vector>

namespace leadlight::agent {

class WindowBuffers {
  public:
    struct Buffer {
        protocol::BufferId id;
        protocol::PoolId pool;
        int width = 0, height = 0;
        /// Committed and not released: the admin domain may read it.
        bool in_use = false;
        /// Where it does not hold the latest content.
        Region stale;
        std::size_t stride() const { return static_cast<std::size_t>(width) * 4; }
    };

    WindowBuffers(Pools& pools, Sender& sender, NextIds& ids)
        : pools_(pools), sender_(sender), ids_(ids) {}
    WindowBuffers(const WindowBuffers&) = delete;
    WindowBuffers& operator=(const WindowBuffers&) = delete;
    ~WindowBuffers() { destroy_all(); }

    /// A buffer to draw into, or null: ask again when a pool is ready or refused, a buffer was
    /// released or there may be more room. Valid until the next call to anything here.
    Buffer* acquire(int width, int height);
    Target target(const Buffer& buffer) const;
    /// The content changed there.
    void changed(const Region& region);
    void committed(Buffer& buffer);
    /// The latest committed buffer, if it still has that size.
    Buffer* latest();
    /// True when it was one of these.
    bool released(protocol::BufferId id);
    void refused(protocol::PoolId id);

    /// Gives all back: the window is hidden or gone.
    void destroy_all();
    /// The connection ended and with it all names.
    void forget();

  private:
    static constexpr std::size_t max_buffers = 2;

    bool renew(Buffer& buffer, int width, int height);
    bool fits(const Buffer& buffer, int width, int height) const;
    Buffer* create(int width, int height);
    void announce(Buffer& buffer, int width, int height);
    void destroy(Buffer& buffer);

    Pools& pools_;
    Sender& sender_;
    NextIds& ids_;
    std::vector<Buffer> buffers_;
    std::optional<protocol::BufferId> latest_;
    /// Pools::room_made() when there was no room for one more buffer.
    std::optional<std::uint64_t> no_room_at_;
};

}  // namespace leadlight::agent
