// SPDX-License-Identifier: MIT
// The switcher's picture: one row a window, its domain's chip on the label's ground first and the
// title after it, as in a title bar. A title is the warden's coverage, never text to be shaped
// here.
#pragma once

#include "theming/bitmap.hpp"
#include "theming/label.hpp"
#include "theming/text.hpp"
#include "theming/units.hpp"

#include <optional>
#include <vector>

namespace leadlight::theming {

struct SwitcherRow {
    Identity identity;
    TextStripView title;  // ignored if not valid()
    bool attention = false;
    bool minimized = false;
};

struct SwitcherPicture {
    std::vector<SwitcherRow> rows;  // those shown, from the top
    std::size_t selected = 0;       // among them
    bool more_above = false, more_below = false;
};

/// Of everything below, for an output that leaves that much room; physical pixels.
class SwitcherGeometry {
  public:
    SwitcherGeometry(int room_width, int room_height, Scale scale);

    /// Rows that fit.
    std::size_t most_rows() const;
    int width() const { return width_; }
    int height(std::size_t rows) const;
    Box row(std::size_t index) const;
    std::optional<std::size_t> row_at(Point point, std::size_t rows) const;

  private:
    int width_, room_, row_height_, edge_;
};

/// Opaque, width() by height(rows).
Bitmap paint_switcher(const TextPainter& painter, const SwitcherPicture& picture,
                      const SwitcherGeometry& geometry, Scale scale);

}  // namespace leadlight::theming
