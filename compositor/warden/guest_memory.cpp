// SPDX-License-Identifier: MIT
// Pools and buffers of a guest.
#include "compositor/warden/fault.hpp"
#include "compositor/warden/guest_state.hpp"
#include "compositor/warden/new_id.hpp"

namespace leadlight::warden {

using protocol::Violation;

GuestState::Answer GuestState::on(const protocol::PoolCreate& message) {
    if (const auto wrong = take_new_id(pools_, message.pool, max_alive)) {
        return refuse(message, *wrong, "pool");
    }
    // References on a local channel, or a descriptor on Xen, could never be mapped.
    if (message.kind != pool_kind_) {
        return refuse(message, Violation::out_of_bounds, "kind");
    }
    pools_.alive.emplace(message.pool, Pool{.pages = message.pages});
    return Verdict::pass;
}

GuestState::Answer GuestState::on(const protocol::PoolReferences& message) {
    const auto found = pools_.alive.find(message.pool);
    if (found == pools_.alive.end()) {
        return refuse(message, Violation::unknown_pool, "pool");
    }
    auto& pool = found->second;
    if (pool_kind_ != protocol::PoolKind::grant_references || pool.referenced == pool.pages) {
        return refuse(message, Violation::pool_complete, "pool");
    }
    if (message.first != pool.referenced) {
        return refuse(message, Violation::out_of_bounds, "first");
    }
    if (message.references.empty() || message.references.size() > pool.pages - pool.referenced) {
        return refuse(message, Violation::out_of_bounds, "references");
    }
    pool.referenced += static_cast<std::uint32_t>(message.references.size());
    return pool.being == Being::real ? Verdict::pass : Verdict::drop;
}

GuestState::Answer GuestState::on(const protocol::PoolDestroy& message) {
    const auto found = pools_.alive.find(message.pool);
    if (found == pools_.alive.end()) {
        return refuse(message, Violation::unknown_pool, "pool");
    }
    if (found->second.buffers != 0) {
        return refuse(message, Violation::pool_in_use, "pool");
    }
    pools_.alive.erase(found);
    return Verdict::pass;
}

GuestState::Answer GuestState::on(const protocol::BufferCreate& message) {
    if (const auto wrong = take_new_id(buffers_, message.buffer, max_alive)) {
        return refuse(message, *wrong, "buffer");
    }
    const auto found = pools_.alive.find(message.pool);
    if (found == pools_.alive.end()) {
        return refuse(message, Violation::unknown_pool, "pool");
    }
    auto& pool = found->second;
    // All its references come first; the compositor would say the same.
    if (pool_kind_ == protocol::PoolKind::grant_references && pool.referenced != pool.pages) {
        return refuse(message, Violation::pool_incomplete, "pool");
    }

    if (message.offset % 4 != 0) {
        return refuse(message, Violation::out_of_bounds, "offset");
    }
    if (message.stride % 4 != 0 || message.stride < std::uint32_t{4} * message.width) {
        return refuse(message, Violation::out_of_bounds, "stride");
    }
    // The product is below 2^31; the offset is any number, so it is never added to.
    const std::uint64_t room = pool.pages * std::uint64_t{protocol::page_size};
    const std::uint64_t needed = std::uint64_t{message.stride} * message.height;
    if (needed > room || message.offset > room - needed) {
        return refuse(message, Violation::buffer_outside_pool, "offset");
    }

    ++pool.buffers;
    const bool real = pool.being == Being::real;
    buffers_.alive.emplace(message.buffer, Buffer{.being = real ? Being::real : Being::phantom,
                                                  .pool = message.pool,
                                                  .width = message.width,
                                                  .height = message.height});
    return real ? Verdict::pass : Verdict::drop;
}

GuestState::Answer GuestState::on(const protocol::BufferDestroy& message) {
    const auto found = buffers_.alive.find(message.buffer);
    if (found == buffers_.alive.end()) {
        return refuse(message, Violation::unknown_buffer, "buffer");
    }
    const auto being = found->second.being;
    --pools_.alive.at(found->second.pool).buffers;
    buffers_.alive.erase(found);
    return being == Being::phantom ? Verdict::drop : Verdict::pass;
}

}  // namespace leadlight::warden
