// SPDX-License-Identifier: MIT
#include "guest-agent/window_buffers.hpp"

#include <algorithm>

namespace leadlight::agent {
namespace {

std::size_t bytes_for(int width, int height) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
}

}  // namespace

WindowBuffers::Buffer* WindowBuffers::acquire(int width, int height) {
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
        if (buffers_[i].in_use) {
            continue;
        }
        if (!renew(buffers_[i], width, height)) {
            // No pool for that size; try without this one's pages.
            destroy(buffers_[i]);
            buffers_.erase(buffers_.begin() + static_cast<std::ptrdiff_t>(i--));
            continue;
        }
        return pools_.is_ready(buffers_[i].pool) ? &buffers_[i] : nullptr;
    }
    if (buffers_.size() < max_buffers && no_room_at_ != pools_.room_made()) {
        if (Buffer* made = create(width, height)) {
            return pools_.is_ready(made->pool) ? made : nullptr;
        }
        no_room_at_ = pools_.room_made();
    }
    // Without room for a second buffer the one on the screen is drawn over. That may tear, and
    // is better than a window that stands still. It is asked for only between `frame` and the
    // next commit.
    if (buffers_.size() == 1 && no_room_at_ == pools_.room_made()) {
        Buffer& only = buffers_.front();
        if (renew(only, width, height)) {
            return pools_.is_ready(only.pool) ? &only : nullptr;
        }
    }
    return nullptr;
}

bool WindowBuffers::fits(const Buffer& buffer, int width, int height) const {
    const std::size_t needed = bytes_for(width, height), has = pools_.bytes(buffer.pool);
    // A pool four times too large is a waste of what all windows share.
    return needed <= has && (has <= 4 * protocol::page_size || needed >= has / 4);
}

bool WindowBuffers::renew(Buffer& buffer, int width, int height) {
    if (buffer.width == width && buffer.height == height) {
        return true;
    }
    if (!fits(buffer, width, height)) {
        const auto pool = pools_.create(bytes_for(width, height));
        if (!pool) {
            return false;
        }
        destroy(buffer);
        buffer.pool = *pool;
    } else {
        sender_.send(protocol::BufferDestroy{buffer.id});
        if (latest_ == buffer.id) {
            latest_.reset();
        }
    }
    announce(buffer, width, height);
    return true;
}

WindowBuffers::Buffer* WindowBuffers::create(int width, int height) {
    const auto pool = pools_.create(bytes_for(width, height));
    if (!pool) {
        return nullptr;
    }
    Buffer& buffer = buffers_.emplace_back();
    buffer.pool = *pool;
    announce(buffer, width, height);
    return &buffer;
}

void WindowBuffers::announce(Buffer& buffer, int width, int height) {
    buffer.id = *protocol::BufferId::from(ids_.buffer++);
    buffer.width = width;
    buffer.height = height;
    buffer.in_use = false;
    buffer.stale = Region(Box{0, 0, width, height});
    sender_.send(protocol::BufferCreate{
        .buffer = buffer.id,
        .pool = buffer.pool,
        .offset = 0,
        .width = protocol::Extent::clamped(width),
        .height = protocol::Extent::clamped(height),
        .stride = protocol::Stride::clamped(buffer.stride()),
    });
}

void WindowBuffers::destroy(Buffer& buffer) {
    sender_.send(protocol::BufferDestroy{buffer.id});
    pools_.destroy(buffer.pool);
    if (latest_ == buffer.id) {
        latest_.reset();
    }
}

Target WindowBuffers::target(const Buffer& buffer) const {
    return {pools_.data(buffer.pool), buffer.stride(), buffer.width, buffer.height};
}

void WindowBuffers::changed(const Region& region) {
    for (Buffer& buffer : buffers_) {
        buffer.stale.add(region);
        buffer.stale.intersect(Box{0, 0, buffer.width, buffer.height});
    }
}

void WindowBuffers::committed(Buffer& buffer) {
    buffer.in_use = true;
    latest_ = buffer.id;
}

WindowBuffers::Buffer* WindowBuffers::latest() {
    const auto found =
        std::ranges::find_if(buffers_, [&](const Buffer& buffer) { return latest_ == buffer.id; });
    return found == buffers_.end() ? nullptr : &*found;
}

bool WindowBuffers::released(protocol::BufferId id) {
    const auto found =
        std::ranges::find_if(buffers_, [&](const Buffer& buffer) { return buffer.id == id; });
    if (found == buffers_.end()) {
        return false;
    }
    found->in_use = false;
    return true;
}

void WindowBuffers::refused(protocol::PoolId id) {
    const auto found =
        std::ranges::find_if(buffers_, [&](const Buffer& buffer) { return buffer.pool == id; });
    if (found == buffers_.end()) {
        return;
    }
    // pool_destroy is the acknowledgement; the buffer on it was never there.
    destroy(*found);
    buffers_.erase(found);
}

void WindowBuffers::destroy_all() {
    for (Buffer& buffer : buffers_) {
        destroy(buffer);
    }
    forget();
}

void WindowBuffers::forget() {
    buffers_.clear();
    latest_.reset();
    no_room_at_.reset();
}

}  // namespace leadlight::agent
