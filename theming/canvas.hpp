// SPDX-License-Identifier: MIT
// A Bitmap with Cairo on it. Straight edges and grounds are filled in whole pixels without Cairo,
// so that a label's colour is exact; Cairo draws what is round or slanted.
#pragma once

#include "theming/bitmap.hpp"
#include "theming/colour.hpp"
#include "theming/text.hpp"
#include "theming/units.hpp"

#include <cairo.h>
#include <memory>

namespace leadlight::theming {

class Canvas {
  public:
    Canvas(int width, int height, std::uint32_t fill = 0);

    int width() const { return bitmap_.width; }
    int height() const { return bitmap_.height; }
    Box whole() const { return {0, 0, width(), height()}; }

    /// Exactly `colour`, in whole pixels, cut to the canvas.
    void fill(Box box, Rgb colour);

    /// Coverage in `ink`, its left upper corner at `at`, cut to `clip`. The last `fade` columns of
    /// the clip get weaker, to say that something was cut there.
    void stamp(TextStripView strip, Point at, Rgb ink, Box clip, int fade = 0);

    /// Draws with Cairo, cut to `clip`; the callable gets a context whose source is `ink`.
    template <typename Draw>
    void with_cairo(Box clip, Rgb ink, Draw&& draw) {
        cairo_t* context = begin(clip, ink);
        draw(context);
        end();
    }

    Bitmap take() && { return std::move(bitmap_); }

  private:
    cairo_t* begin(Box clip, Rgb ink);
    void end();
    void tie_cairo();

    struct DestroyContext {
        void operator()(cairo_t* context) const { cairo_destroy(context); }
    };
    Bitmap bitmap_;
    std::unique_ptr<cairo_t, DestroyContext> context_;
};

}  // namespace leadlight::theming
