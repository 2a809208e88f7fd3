// SPDX-License-Identifier: MIT
#include "guest-agent/pools.hpp"

#include <fcntl.h>

#include <algorithm>
#include <bit>

namespace leadlight::agent {

std::size_t pages_with_slack(std::size_t bytes) {
    const std::size_t pages =
        std::max<std::size_t>(1, (bytes + protocol::page_size - 1) / protocol::page_size);
    const std::size_t step = std::max<std::size_t>(1, std::bit_floor(pages) / 4);
    return (pages + step - 1) / step * step;
}

void Pools::welcome(std::size_t max_pages) {
    of_lost_connection_.clear();
    max_pages_ = limit_ = max_pages;
    pause_ = {};
    ++room_made_;
}

void Pools::connection_lost() {
    for (auto& [id, pool] : pools_) {
        of_lost_connection_.push_back(std::move(pool.pages));
    }
    pools_.clear();
    pages_used_ = 0;
    max_pages_ = limit_ = 0;
}

std::optional<protocol::PoolId> Pools::create(std::size_t bytes) {
    const std::size_t least =
        std::max<std::size_t>(1, (bytes + protocol::page_size - 1) / protocol::page_size);
    std::size_t pages = pages_with_slack(bytes);
    if (pages_used_ + pages > limit_ || pages > protocol::PageCount::max) {
        pages = least;
    }
    if (pages_used_ + pages > limit_ || pages > protocol::PageCount::max) {
        return std::nullopt;
    }
    // Over the limit of the granter: it tried nothing, and slack is not worth a refusal.
    auto granted = granter_.grant(pages);
    if (!granted && pages > least) {
        granted = granter_.grant(pages = least);
    }
    if (!granted) {
        return std::nullopt;
    }

    const auto id = *protocol::PoolId::from(ids_.pool++);
    announce(id, **granted);
    pages_used_ += pages;
    pools_.emplace(id, Pool{.pages = std::move(*granted)});
    return id;
}

void Pools::announce(protocol::PoolId id, const grants::SharedPages& pages) {
    const auto count = protocol::PageCount::clamped(pages.pages());
    const auto references = pages.references();
    if (const auto* file = std::get_if<grants::MemoryFile>(&references)) {
        // A duplicate, because the message may wait longer than the pool lives.
        sender_.send(protocol::PoolCreate{id, protocol::PoolKind::memfd, count},
                     grants::Descriptor(fcntl(file->descriptor, F_DUPFD_CLOEXEC, 0)));
        return;
    }
    sender_.send(protocol::PoolCreate{id, protocol::PoolKind::grant_references, count});
    const auto all = std::get<grants::GrantReferences>(references);
    using References = decltype(protocol::PoolReferences::references);
    for (std::size_t first = 0; first < all.size(); first += References::capacity) {
        protocol::PoolReferences part{.pool = id, .first = protocol::PageIndex::clamped(first)};
        for (const auto reference :
             all.subspan(first, std::min(References::capacity, all.size() - first))) {
            part.references.push_back(reference);
        }
        sender_.send(part);
    }
}

void Pools::destroy(protocol::PoolId id) {
    const auto found = pools_.find(id);
    if (found == pools_.end() || found->second.phase == Phase::leaving) {
        return;
    }
    sender_.send(protocol::PoolDestroy{id});
    // A refused pool was never mapped, so nobody will say that it is unmapped.
    if (found->second.phase == Phase::refused) {
        end(id);
    } else {
        found->second.phase = Phase::leaving;
    }
}

void Pools::end(protocol::PoolId id) {
    const auto found = pools_.find(id);
    pages_used_ -= found->second.pages->pages();
    pools_.erase(found);
    ++room_made_;
}

bool Pools::is_ready(protocol::PoolId id) const {
    const auto found = pools_.find(id);
    return found != pools_.end() && found->second.phase == Phase::ready;
}

std::size_t Pools::bytes(protocol::PoolId id) const {
    const auto found = pools_.find(id);
    return found == pools_.end() ? 0 : found->second.pages->pages() * protocol::page_size;
}

std::byte* Pools::data(protocol::PoolId id) const {
    const auto found = pools_.find(id);
    return found == pools_.end() ? nullptr : found->second.pages->data();
}

void Pools::ready(protocol::PoolId id) {
    const auto found = pools_.find(id);
    if (found != pools_.end() && found->second.phase == Phase::waiting) {
        found->second.phase = Phase::ready;
        if (limit_ == max_pages_) {
            pause_ = {};
        }
    }
}

void Pools::unmapped(protocol::PoolId id) {
    const auto found = pools_.find(id);
    if (found != pools_.end() && found->second.phase == Phase::leaving) {
        end(id);
    }
}

std::optional<std::chrono::milliseconds> Pools::refused(protocol::PoolId id) {
    const auto found = pools_.find(id);
    if (found == pools_.end()) {
        return std::nullopt;
    }
    // The budget of all domains together does not carry this much: a menu may still fit where a
    // window did not. For a pause only, because nobody tells us when others give pages back.
    const bool waits_already = limit_ != max_pages_;
    limit_ = std::min(limit_, pages_used_ - 1);
    if (found->second.phase == Phase::leaving) {
        end(id);
    } else {
        found->second.phase = Phase::refused;
    }
    if (waits_already) {
        return std::nullopt;
    }
    pause_ = std::clamp(pause_ * 2, shortest_pause, longest_pause);
    return pause_;
}

void Pools::ask_again() {
    limit_ = max_pages_;
    ++room_made_;
}

}  // namespace leadlight::agent
