// SPDX-License-Identifier: MIT
// A guest's pages, mapped read-only in slices, and buffers as wlroots sees them: views of those
// pages. Pages stay mapped until no buffer of theirs is alive any more, whoever holds it.
#pragma once

#include "compositor/guest/guest_state.hpp"
#include "shm-grants/mapping.hpp"

#include <functional>
#include <memory>

struct wlr_buffer;

namespace leadlight::compositor {

class Pool {
  public:
    Pool(std::unique_ptr<grants::PageMapping> mapping, std::function<void()> unused)
        : mapping_(std::move(mapping)), unused_(std::move(unused)) {}

    const std::byte* data() const { return mapping_->data(); }
    bool in_use() const { return live_ != 0; }

    /// Takes the number of pages off the budget; see PageMapping.
    auto map_step(std::size_t& budget) { return mapping_->map_step(budget); }
    /// Only while not in_use().
    auto unmap_step(std::size_t& budget) { return mapping_->unmap_step(budget); }

  private:
    friend class GuestBuffer;
    std::unique_ptr<grants::PageMapping> mapping_;
    std::function<void()> unused_;  // the last of its buffers is gone
    unsigned live_ = 0;
};

/// Owns one reference to a wlr_buffer over a pool's pages. wlroots may keep the buffer longer.
class GuestBuffer {
  public:
    GuestBuffer(Pool& pool, const BufferFacts& facts);
    GuestBuffer(const GuestBuffer&) = delete;
    GuestBuffer& operator=(const GuestBuffer&) = delete;
    /// The guest destroyed it: what shows it keeps its own lock.
    ~GuestBuffer();

    wlr_buffer* wlr() const;

  private:
    struct View;
    View* view_;
};

}  // namespace leadlight::compositor
