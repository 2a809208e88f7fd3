// SPDX-License-Identifier: MIT
#include "compositor/guest/guest_state.hpp"

namespace leadlight::compositor {

using namespace protocol;

namespace {

std::unexpected<Violation> broken(Violation violation) {
    return std::unexpected(violation);
}

// Ids only grow, so that none is ever taken for an earlier one.
template <class Id>
bool take_id(std::optional<Id>& last, Id id) {
    if (last && id <= *last) {
        return false;
    }
    last = id;
    return true;
}

template <class Map, class Id>
auto* find_in(Map& map, Id id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const PoolFacts* GuestState::find_pool(PoolId id) const {
    return find_in(pools_, id);
}

const BufferFacts* GuestState::find_buffer(BufferId id) const {
    return find_in(buffers_, id);
}

const WindowFacts* GuestState::find_window(WindowId id) const {
    return find_in(windows_, id);
}

Checked GuestState::pool_create(const PoolCreate& record) {
    if (!take_id(last_pool_, record.pool)) {
        return broken(Violation::id_not_increasing);
    }
    if (pools_.size() >= most_pools) {
        return broken(Violation::flood);
    }
    pools_.emplace(record.pool, PoolFacts{.kind = record.kind, .pages = record.pages});
    return {};
}

std::expected<Named, Violation> GuestState::pool_references(const PoolReferences& record) {
    if (refused_pools_.contains(record.pool)) {
        return Named::refused;
    }
    PoolFacts* pool = find_in(pools_, record.pool);
    if (!pool || pool->withdrawn) {
        return broken(Violation::unknown_pool);
    }
    if (pool->kind != PoolKind::grant_references || pool->complete()) {
        return broken(Violation::pool_complete);
    }
    if (record.first != pool->referenced || record.references.empty() ||
        record.references.size() > pool->pages - pool->referenced) {
        return broken(Violation::out_of_bounds);
    }
    pool->referenced += static_cast<std::uint32_t>(record.references.size());
    pool->references.insert(pool->references.end(), record.references.begin(),
                            record.references.end());
    return Named::here;
}

std::expected<Named, Violation> GuestState::pool_destroy(PoolId id) {
    if (refused_pools_.erase(id) != 0) {  // the acknowledgement
        std::erase_if(refused_buffers_, [&](const auto& buffer) { return buffer.second == id; });
        return Named::refused;
    }
    PoolFacts* pool = find_in(pools_, id);
    if (!pool || pool->withdrawn) {
        return broken(Violation::unknown_pool);
    }
    if (pool->buffers != 0) {
        return broken(Violation::pool_in_use);
    }
    pool->withdrawn = true;
    return Named::here;
}

std::expected<Named, Violation> GuestState::buffer_create(const BufferCreate& record) {
    if (!take_id(last_buffer_, record.buffer)) {
        return broken(Violation::id_not_increasing);
    }
    if (refused_pools_.contains(record.pool)) {
        if (refused_buffers_.size() >= most_refused) {
            return broken(Violation::flood);
        }
        refused_buffers_.emplace(record.buffer, record.pool);
        return Named::refused;
    }
    PoolFacts* pool = find_in(pools_, record.pool);
    if (!pool || pool->withdrawn) {
        return broken(Violation::unknown_pool);
    }
    if (!pool->complete()) {
        return broken(Violation::pool_incomplete);
    }
    if (buffers_.size() >= most_buffers) {
        return broken(Violation::flood);
    }
    // In 64 bits: the offset alone could reach past the end and wrap around. Pixman needs strides
    // and rows of whole pixels, and checks nothing.
    const std::uint64_t size = std::uint64_t{pool->pages} * page_size;
    const std::uint64_t length = std::uint64_t{record.stride} * record.height;
    if (record.stride % 4 != 0 || record.stride < std::uint32_t{record.width} * 4 ||
        record.offset % 4 != 0 || record.offset > size || length > size - record.offset) {
        return broken(Violation::buffer_outside_pool);
    }
    ++pool->buffers;
    buffers_.emplace(record.buffer, BufferFacts{.pool = record.pool,
                                                .offset = record.offset,
                                                .width = record.width,
                                                .height = record.height,
                                                .stride = record.stride});
    return Named::here;
}

std::expected<Named, Violation> GuestState::buffer_destroy(BufferId id) {
    if (refused_buffers_.erase(id) != 0) {
        return Named::refused;
    }
    const auto found = buffers_.find(id);
    if (found == buffers_.end()) {
        return broken(Violation::unknown_buffer);
    }
    --pools_.at(found->second.pool).buffers;
    buffers_.erase(found);
    return Named::here;
}

std::expected<Named, Violation> GuestState::toplevel_create(WindowId id) {
    if (!take_id(last_window_, id)) {
        return broken(Violation::id_not_increasing);
    }
    windows_.emplace(id, WindowFacts{});
    return Named::here;
}

std::expected<Named, Violation> GuestState::child_create(WindowId id, WindowId parent,
                                                         WindowRole role) {
    if (!take_id(last_window_, id)) {
        return broken(Violation::id_not_increasing);
    }
    // What stands on a refused window is refused with it.
    if (refused_windows_.contains(parent)) {
        if (refused_windows_.size() >= most_refused) {
            return broken(Violation::flood);
        }
        refused_windows_.insert(id);
        return Named::refused;
    }
    WindowFacts* on = find_in(windows_, parent);
    if (!on) {
        return broken(Violation::unknown_window);
    }
    ++on->children;
    windows_.emplace(id, WindowFacts{.role = role, .parent = parent, .depth = on->depth + 1});
    return Named::here;
}

std::expected<Named, Violation> GuestState::window_destroy(WindowId id) {
    if (refused_windows_.erase(id) != 0) {
        return Named::refused;  // the acknowledgement
    }
    const auto found = windows_.find(id);
    if (found == windows_.end()) {
        return broken(Violation::unknown_window);
    }
    if (found->second.children != 0) {
        return broken(Violation::wrong_parent);
    }
    if (found->second.parent) {
        --windows_.at(*found->second.parent).children;
    }
    windows_.erase(found);
    return Named::here;
}

std::expected<Named, Violation> GuestState::window(WindowId id,
                                                   std::optional<WindowRole> role) const {
    if (refused_windows_.contains(id)) {
        return Named::refused;
    }
    const WindowFacts* window = find_window(id);
    if (!window) {
        return broken(Violation::unknown_window);
    }
    if (role && window->role != *role) {
        return broken(Violation::wrong_role);
    }
    return Named::here;
}

std::expected<Named, Violation> GuestState::window_parent(const WindowParent& record) {
    const auto child = window(record.window, WindowRole::toplevel);
    if (!child || *child == Named::refused || !record.parent) {
        return child;
    }
    if (*record.parent == record.window) {
        return broken(Violation::wrong_parent);
    }
    return window(*record.parent, WindowRole::toplevel);
}

std::expected<Named, Violation> GuestState::commit(const Commit& record) {
    if (refused_windows_.contains(record.window)) {
        return Named::refused;
    }
    WindowFacts* window = find_in(windows_, record.window);
    if (!window) {
        return broken(Violation::unknown_window);
    }
    if (window->in_flight) {
        return broken(Violation::commit_in_flight);
    }
    // Serials may only go forward, or an old answer would undo a newer one.
    if (record.configure != 0 &&
        (record.configure > window->last_configure || record.configure < window->answered)) {
        return broken(Violation::serial_not_sent);
    }
    if (record.layers.size() > 1) {
        return broken(Violation::too_many_layers);  // welcome says one
    }
    for (const Layer& layer : record.layers) {
        if (refused_buffers_.contains(layer.buffer)) {
            return broken(Violation::unknown_buffer);  // it may be named, not shown
        }
        const BufferFacts* buffer = find_buffer(layer.buffer);
        if (!buffer) {
            return broken(Violation::unknown_buffer);
        }
        if (!pools_.at(buffer->pool).ready) {
            return broken(Violation::pool_incomplete);
        }
        const auto inside = [&](const Rect& rect) {
            return std::uint32_t{rect.x} + rect.width <= buffer->width &&
                   std::uint32_t{rect.y} + rect.height <= buffer->height;
        };
        if (layer.x != 0 || layer.y != 0 || !inside(layer.source)) {
            return broken(Violation::layer_outside_buffer);
        }
        for (const Rect& rect : layer.damage) {
            if (!inside(rect)) {
                return broken(Violation::damage_outside_layer);
            }
        }
    }
    if (record.configure != 0) {
        window->answered = record.configure;
    }
    window->in_flight = true;
    return Named::here;
}

Checked GuestState::refuse_window(WindowId id) {
    if (refused_windows_.size() >= most_refused) {
        return broken(Violation::flood);
    }
    if (const auto found = windows_.find(id); found != windows_.end()) {
        if (found->second.parent) {
            --windows_.at(*found->second.parent).children;
        }
        windows_.erase(found);
    }
    refused_windows_.insert(id);
    return {};
}

Checked GuestState::refuse_pool(PoolId id) {
    if (refused_pools_.size() >= most_refused) {
        return broken(Violation::flood);
    }
    pools_.erase(id);
    refused_pools_.insert(id);
    return {};
}

void GuestState::pool_ready(PoolId id) {
    if (PoolFacts* pool = find_in(pools_, id)) {
        pool->ready = true;
        pool->references = {};
    }
}

void GuestState::pool_gone(PoolId id) {
    pools_.erase(id);
}

Serial GuestState::next_configure(WindowId id) {
    WindowFacts* window = find_in(windows_, id);
    return window ? ++window->last_configure : 0;
}

void GuestState::frame_sent(WindowId id) {
    if (WindowFacts* window = find_in(windows_, id)) {
        window->in_flight = false;
    }
}

std::uint32_t GuestState::child_depth(WindowId parent) const {
    const WindowFacts* window = find_window(parent);
    return window ? window->depth + 1 : 0;
}

}  // namespace leadlight::compositor
