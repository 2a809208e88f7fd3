// SPDX-License-Identifier: MIT
// What one connection has: its pools, buffers and windows by their ids on the wire, and whether a
// record fits them. Rule 3: the compositor trusts a warden no more than the guest behind it, so
// every id and number is checked here against its own state. Pure: no scene, no socket, no memory.
//
// Each function either notes the change and gives nothing, or gives the violation that ends the
// connection and has changed nothing that matters any more.
#pragma once

#include "compositor/desktop/window_role.hpp"
#include "protocol/records.hpp"

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace leadlight::compositor {

using Checked = std::expected<void, protocol::Violation>;

struct PoolFacts {
    protocol::PoolKind kind = protocol::PoolKind::memfd;
    std::uint32_t pages = 0;
    std::uint32_t referenced = 0;           // pages that have a reference
    std::vector<std::uint32_t> references;  // those, until they are mapped
    std::uint32_t buffers = 0;
    bool ready = false;      // mapped
    bool withdrawn = false;  // pool_destroy came; ends with pool_gone()
    bool complete() const { return kind == protocol::PoolKind::memfd || referenced == pages; }
};

struct BufferFacts {
    protocol::PoolId pool;
    std::uint64_t offset = 0;
    std::uint32_t width = 0, height = 0, stride = 0;
};

struct WindowFacts {
    WindowRole role = WindowRole::toplevel;
    std::optional<protocol::WindowId> parent;  // of popups and unmanaged windows
    std::uint32_t depth = 0;
    std::uint32_t children = 0;
    std::uint32_t last_configure = 0;  // sent; counted from 1 for each window
    std::uint32_t answered = 0;
    bool in_flight = false;  // a commit that has no frame yet
};

/// How a record is to be treated that names a window.
enum class Named : std::uint8_t {
    here,
    refused,  // the guest did not hear of the refusal when it sent this: ignore it
};

class GuestState {
  public:
    // What the warden checked too, from here on. The caller then does the thing, or refuses it by
    // a budget with refuse_window() or refuse_pool(): the id does not exist then.
    [[nodiscard]] Checked pool_create(const protocol::PoolCreate& record);
    [[nodiscard]] std::expected<Named, protocol::Violation>
    pool_references(const protocol::PoolReferences& r);
    [[nodiscard]] std::expected<Named, protocol::Violation> pool_destroy(protocol::PoolId id);
    [[nodiscard]] std::expected<Named, protocol::Violation>
    buffer_create(const protocol::BufferCreate& record);
    [[nodiscard]] std::expected<Named, protocol::Violation> buffer_destroy(protocol::BufferId id);

    [[nodiscard]] std::expected<Named, protocol::Violation> toplevel_create(protocol::WindowId id);
    [[nodiscard]] std::expected<Named, protocol::Violation>
    child_create(protocol::WindowId id, protocol::WindowId parent, WindowRole role);
    [[nodiscard]] std::expected<Named, protocol::Violation> window_destroy(protocol::WindowId id);
    /// The record names a window, and one of that role if one is given.
    [[nodiscard]] std::expected<Named, protocol::Violation>
    window(protocol::WindowId id, std::optional<WindowRole> role = {}) const;
    [[nodiscard]] std::expected<Named, protocol::Violation>
    window_parent(const protocol::WindowParent& record);
    [[nodiscard]] std::expected<Named, protocol::Violation> commit(const protocol::Commit& record);

    // What the compositor did.
    [[nodiscard]] Checked refuse_window(protocol::WindowId id);
    [[nodiscard]] Checked refuse_pool(protocol::PoolId id);
    void pool_ready(protocol::PoolId id);
    void pool_gone(protocol::PoolId id);
    /// The serial of the next configure of a window.
    protocol::Serial next_configure(protocol::WindowId id);
    void frame_sent(protocol::WindowId id);

    const PoolFacts* find_pool(protocol::PoolId id) const;
    const BufferFacts* find_buffer(protocol::BufferId id) const;
    const WindowFacts* find_window(protocol::WindowId id) const;
    /// Depth that a child of the window would have.
    std::uint32_t child_depth(protocol::WindowId parent) const;
    const std::map<protocol::PoolId, PoolFacts>& pools() const { return pools_; }

    /// Refusals that the guest may have yet to acknowledge. More is a guest that does not.
    static constexpr std::size_t most_refused = 1024;
    /// Two for each of the windows a domain may have, and room for resizing.
    static constexpr std::size_t most_pools = 1024, most_buffers = 4096;

  private:
    std::map<protocol::PoolId, PoolFacts> pools_;
    std::map<protocol::BufferId, BufferFacts> buffers_;
    std::map<protocol::WindowId, WindowFacts> windows_;
    std::set<protocol::PoolId> refused_pools_;
    std::map<protocol::BufferId, protocol::PoolId> refused_buffers_;  // of refused pools
    std::set<protocol::WindowId> refused_windows_;
    std::optional<protocol::PoolId> last_pool_;
    std::optional<protocol::BufferId> last_buffer_;
    std::optional<protocol::WindowId> last_window_;
};

}  // namespace leadlight::compositor
