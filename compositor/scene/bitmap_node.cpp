// SPDX-License-Identifier: MIT
#include "compositor/scene/bitmap_node.hpp"

#include "wlr-headers/wlroots.hpp"

#include <utility>

namespace leadlight::compositor {

namespace {

struct BitmapBuffer {
    wlr_buffer base;  // first: wlroots gives back a pointer to it
    theming::Bitmap bitmap;
    bool opaque;

    static void destroy(wlr_buffer* buffer) { delete reinterpret_cast<BitmapBuffer*>(buffer); }
    static bool begin_access(wlr_buffer* buffer, std::uint32_t flags, void** data,
                             std::uint32_t* format, std::size_t* stride) {
        auto* self = reinterpret_cast<BitmapBuffer*>(buffer);
        if ((flags & WLR_BUFFER_DATA_PTR_ACCESS_WRITE) != 0) {
            return false;
        }
        *data = self->bitmap.pixels.data();
        *format = self->opaque ? DRM_FORMAT_XRGB8888 : DRM_FORMAT_ARGB8888;
        *stride = static_cast<std::size_t>(self->bitmap.stride());
        return true;
    }
};

const wlr_buffer_impl bitmap_implementation = {
    .destroy = BitmapBuffer::destroy,
    .get_dmabuf = nullptr,
    .get_shm = nullptr,
    .begin_data_ptr_access = BitmapBuffer::begin_access,
    .end_data_ptr_access = [](wlr_buffer*) {},
};

}  // namespace

wlr_scene_buffer* create_bitmap_node(wlr_scene_tree* parent) {
    return wlr_scene_buffer_create(parent, nullptr);
}

void set_bitmap(wlr_scene_buffer* node, theming::Bitmap bitmap, int width, int height,
                bool opaque) {
    if (bitmap.width <= 0 || bitmap.height <= 0) {
        wlr_scene_buffer_set_buffer(node, nullptr);
        return;
    }
    auto* buffer = new BitmapBuffer{.base = {}, .bitmap = std::move(bitmap), .opaque = opaque};
    wlr_buffer_init(&buffer->base, &bitmap_implementation, buffer->bitmap.width,
                    buffer->bitmap.height);
    wlr_scene_buffer_set_buffer(node, &buffer->base);
    wlr_scene_buffer_set_dest_size(node, width, height);
    wlr_buffer_drop(&buffer->base);  // the node's lock keeps it
}

}  // namespace leadlight::compositor
