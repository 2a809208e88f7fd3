// SPDX-License-Identifier: MIT
// Pools and buffers of a guest: mapped in slices, shown read-only, unmapped when nothing shows them
// any more.
#include "compositor/guest/guest.hpp"

#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/log.hpp"
#include "compositor/server.hpp"

namespace leadlight::compositor {

using namespace protocol;

namespace {

// A map costs its system calls, however few pages it has: as much as so many. (Unmapping has its
// time from leadlightd by the page: policy::unmapped_within.)
constexpr std::size_t least_of_a_map = 16;

}  // namespace

Guest::Outcome Guest::on(const PoolCreate& r, grants::Descriptor& file) {
    // Each that waits holds a descriptor of ours.
    if (mapping_.size() >= most_mapping) {
        return Taken::later;
    }
    // Pages come from where the administrator's address says, never from what the guest names.
    if (r.kind != pool_kind(domain_.entry().address)) {
        return std::unexpected(Violation::descriptor_refused);
    }
    if (const auto checked = state_.pool_create(r); !checked) {
        return std::unexpected(checked.error());
    }
    if (!server_.ledger.take_pages(id_, r.pages)) {
        if (const auto checked = state_.refuse_pool(r.pool); !checked) {
            return std::unexpected(checked.error());
        }
        send(Refused{RefusedKind::pool, r.pool.get(), Refusal::out_of_pages});
        return Taken::done;
    }
    return r.kind == PoolKind::memfd ? start_mapping(r.pool, map_file(std::move(file), r.pages))
                                     : Outcome(Taken::done);
}

Guest::Outcome Guest::on(const PoolReferences& r) {
    // As above: these may be its last, and then it is mapped.
    if (mapping_.size() >= most_mapping) {
        return Taken::later;
    }
    const auto named = state_.pool_references(r);
    if (!named) {
        return std::unexpected(named.error());
    }
    const PoolFacts* facts = state_.find_pool(r.pool);
    if (*named == Named::here && facts->complete()) {
        return start_mapping(r.pool,
                             map_references(server_, domain_.entry().address, facts->references));
    }
    return Taken::done;
}

Guest::Outcome Guest::start_mapping(PoolId id, NewMapping mapping) {
    if (!mapping) {
        return std::unexpected(mapping.error());
    }
    pools_[id] = std::make_unique<Pool>(std::move(*mapping), [this, id] { pool_unused(id); });
    mapping_.insert(id);
    server_.page_work->add(
        id_,
        [this, id](std::size_t& budget) {
            Pool& pool = *pools_.at(id);
            const PoolFacts* facts = state_.find_pool(id);
            if (ended_ || facts->withdrawn) {
                mapping_.erase(id);
                start_unmapping(id);
                return true;
            }
            const auto progress = pool.map_step(budget);
            if (progress && *progress == grants::PageMapping::Progress::working) {
                return false;
            }
            mapping_.erase(id);
            if (!progress) {
                guest_warning(name(), "its pages cannot be mapped: " +
                                          std::string(to_string(progress.error())));
                end_by(Violation::mapping_failed);
                return true;
            }
            state_.pool_ready(id);
            send(PoolReady{id});
            return true;
        },
        least_of_a_map);
    return Taken::done;
}

Guest::Outcome Guest::on(const PoolDestroy& r) {
    const auto named = state_.pool_destroy(r.pool);
    if (!named) {
        return std::unexpected(named.error());
    }
    if (*named == Named::refused) {
        return Taken::done;
    }
    const auto found = pools_.find(r.pool);
    if (found == pools_.end()) {  // its references never all came: nothing is mapped
        pool_unmapped(r.pool);
        return Taken::done;
    }
    for (const auto& [id, window] : windows_) {
        window->forget_pool(*found->second);
    }
    start_unmapping(r.pool);
    return Taken::done;
}

void Guest::pool_unused(PoolId id) {
    const PoolFacts* facts = state_.find_pool(id);
    if (ended_ || (facts && facts->withdrawn)) {
        start_unmapping(id);
    }
}

void Guest::start_unmapping(PoolId id) {
    const auto found = pools_.find(id);
    if (found == pools_.end() || found->second->in_use() || mapping_.contains(id) ||
        !unmapping_.insert(id).second) {
        return;  // what holds it up calls again
    }
    server_.page_work->add(id_, [this, id](std::size_t& budget) {
        if (pools_.at(id)->unmap_step(budget) == grants::PageMapping::Progress::working) {
            return false;
        }
        unmapping_.erase(id);
        pools_.erase(id);
        pool_unmapped(id);
        return true;
    });
}

void Guest::pool_unmapped(PoolId id) {
    server_.ledger.return_pages(id_, state_.find_pool(id)->pages);
    state_.pool_gone(id);
    send(PoolUnmapped{id});
    if (ended_) {
        if (server_.domains) {  // not while the server itself ends
            server_.domains->guest_ended();
        }
    }
}

Guest::Outcome Guest::on(const BufferCreate& r) {
    const auto named = state_.buffer_create(r);
    if (!named) {
        return std::unexpected(named.error());
    }
    if (*named == Named::here) {
        Pool& pool = *pools_.at(r.pool);
        const policy::BufferId id = server_.new_buffer_id();
        buffers_[r.buffer] = {id, &pool,
                              std::make_unique<GuestBuffer>(pool, *state_.find_buffer(r.buffer))};
        buffer_names_[id] = r.buffer;
    }
    return Taken::done;
}

// What is on the screen stays until the next commit: the window holds a lock of its own.
Guest::Outcome Guest::on(const BufferDestroy& r) {
    const auto named = state_.buffer_destroy(r.buffer);
    if (!named) {
        return std::unexpected(named.error());
    }
    if (const auto found = buffers_.find(r.buffer); found != buffers_.end()) {
        buffer_names_.erase(found->second.id);
        buffers_.erase(found);
    }
    return Taken::done;
}

}  // namespace leadlight::compositor
