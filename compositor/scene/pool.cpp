// SPDX-License-Identifier: MIT
#include "compositor/scene/pool.hpp"

#include "wlr-headers/wlroots.hpp"

#include <utility>

namespace leadlight::compositor {

struct GuestBuffer::View {
    wlr_buffer base;  // first: wlroots gives back a pointer to it
    Pool* pool;
    std::size_t offset;
    std::size_t stride;

    static View* of(wlr_buffer* buffer) { return reinterpret_cast<View*>(buffer); }

    static void destroy(wlr_buffer* buffer) {
        View* view = of(buffer);
        Pool* pool = view->pool;
        delete view;
        if (--pool->live_ == 0 && pool->unused_) {
            pool->unused_();
        }
    }

    // Read only: the pages are mapped so, and nobody has a reason to write into a guest's pixels.
    static bool begin_access(wlr_buffer* buffer, std::uint32_t flags, void** data,
                             std::uint32_t* format, std::size_t* stride) {
        const View* view = of(buffer);
        const std::byte* pages = view->pool->data();
        if ((flags & WLR_BUFFER_DATA_PTR_ACCESS_WRITE) != 0 || !pages) {
            return false;
        }
        *data = const_cast<std::byte*>(pages) + view->offset;
        *format = DRM_FORMAT_XRGB8888;  // opaque, whatever the fourth byte says
        *stride = view->stride;
        return true;
    }
};

namespace {

// A buffer's destruction hands itself back by its base.
template <class View>
constexpr wlr_buffer_impl view_implementation = {
    .destroy = View::destroy,
    .get_dmabuf = nullptr,
    .get_shm = nullptr,
    .begin_data_ptr_access = View::begin_access,
    .end_data_ptr_access = [](wlr_buffer*) {},
};

}  // namespace

GuestBuffer::GuestBuffer(Pool& pool, const BufferFacts& facts)
    : view_(new View{.base = {},
                     .pool = &pool,
                     .offset = static_cast<std::size_t>(facts.offset),
                     .stride = facts.stride}) {
    wlr_buffer_init(&view_->base, &view_implementation<View>, static_cast<int>(facts.width),
                    static_cast<int>(facts.height));
    ++pool.live_;
}

GuestBuffer::~GuestBuffer() {
    wlr_buffer_drop(&view_->base);
}

wlr_buffer* GuestBuffer::wlr() const {
    return &view_->base;
}

}  // namespace leadlight::compositor
