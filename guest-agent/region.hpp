// SPDX-License-Identifier: MIT
// Sets of pixels: pixman's regions, owned, and the boxes they are made of.
#pragma once

#include <pixman.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace leadlight::agent {

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Box&) const = default;
    bool empty() const { return width <= 0 || height <= 0; }
};

/// Part of a buffer, in buffer pixels; a viewport may cut through pixels.
struct SourceBox {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const SourceBox&) const = default;
};

class Region {
  public:
    Region() { pixman_region32_init(&region_); }
    explicit Region(const Box& box) {
        if (box.empty()) {
            pixman_region32_init(&region_);
        } else {
            pixman_region32_init_rect(&region_, box.x, box.y, static_cast<unsigned>(box.width),
                                      static_cast<unsigned>(box.height));
        }
    }
    Region(const Region& other) : Region() { *this = other; }
    Region(Region&& other) noexcept : Region() { std::swap(region_, other.region_); }
    Region& operator=(const Region& other) {
        if (this != &other) {
            pixman_region32_copy(&region_, &other.region_);
        }
        return *this;
    }
    Region& operator=(Region&& other) noexcept {
        std::swap(region_, other.region_);
        return *this;
    }
    ~Region() { pixman_region32_fini(&region_); }

    void add(const Region& other) { add(other.get()); }
    // pixman's headers know no const; none of these writes to its operands.
    void add(const pixman_region32_t* other) {
        pixman_region32_union(&region_, &region_, const_cast<pixman_region32_t*>(other));
    }
    void add(const Box& box) { add(Region(box)); }
    void intersect(const Region& other) {
        pixman_region32_intersect(&region_, &region_, const_cast<pixman_region32_t*>(other.get()));
    }
    void intersect(const Box& box) { intersect(Region(box)); }
    void subtract(const Region& other) {
        pixman_region32_subtract(&region_, &region_, const_cast<pixman_region32_t*>(other.get()));
    }
    void translate(int x, int y) { pixman_region32_translate(&region_, x, y); }
    void clear() { pixman_region32_clear(&region_); }

    bool empty() const { return !pixman_region32_not_empty(get_mutable()); }
    bool operator==(const Region& other) const {
        return pixman_region32_equal(get_mutable(), other.get_mutable());
    }
    /// True when every pixel of the box is in the region.
    bool covers(const Box& box) const {
        pixman_box32_t b{box.x, box.y, box.x + box.width, box.y + box.height};
        return pixman_region32_contains_rectangle(get_mutable(), &b) == PIXMAN_REGION_IN;
    }
    Box extents() const {
        const pixman_box32_t* e = pixman_region32_extents(get_mutable());
        return {e->x1, e->y1, e->x2 - e->x1, e->y2 - e->y1};
    }
    std::span<const pixman_box32_t> boxes() const {
        int count = 0;
        const pixman_box32_t* first = pixman_region32_rectangles(get_mutable(), &count);
        return {first, static_cast<std::size_t>(count)};
    }
    std::uint64_t pixels() const {
        std::uint64_t sum = 0;
        for (const auto& box : boxes()) {
            sum += static_cast<std::uint64_t>(box.x2 - box.x1) *
                   static_cast<std::uint64_t>(box.y2 - box.y1);
        }
        return sum;
    }
    const pixman_region32_t* get() const { return &region_; }

  private:
    pixman_region32_t* get_mutable() const { return const_cast<pixman_region32_t*>(&region_); }
    pixman_region32_t region_;
};

}  // namespace leadlight::agent
