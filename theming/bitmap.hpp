// SPDX-License-Identifier: MIT
// A finished picture, ready to be wrapped by a wlr_buffer: DRM_FORMAT_ARGB8888, premultiplied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace leadlight::theming {

struct Bitmap {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels;  // row by row without padding

    Bitmap() = default;
    Bitmap(int w, int h, std::uint32_t fill = 0)
        : width(w), height(h),
          pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}

    int stride() const { return width * 4; }  // in bytes
    std::uint32_t* row(int y) {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
    const std::uint32_t* row(int y) const {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
    std::uint32_t at(int x, int y) const { return row(y)[x]; }
};

}  // namespace leadlight::theming
