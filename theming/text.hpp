// SPDX-License-Identifier: MIT
// Text to coverage: bidi by fribidi, shaping by HarfBuzz, outlines by FreeType. All fonts are
// chosen by fontconfig and mapped when a TextPainter is loaded; afterwards it opens no file and
// maps none, so it works inside the warden's cage, where it meets guest text. The compositor uses
// the same code for trusted text only: domain names and its own words (rule 3).
#pragma once

#include "theming/units.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::theming {

inline constexpr int max_strip_width = 2048;
inline constexpr int max_strip_height = 96;

/// Coverage, 0 to 255, row by row without padding: a8.size() == width * height.
struct TextStrip {
    int width = 0, height = 0;
    std::vector<std::uint8_t> a8;
};

/// The same, somewhere else: a title as the compositor got it in a record. Nobody has checked it.
struct TextStripView {
    int width = 0, height = 0;
    std::span<const std::uint8_t> a8;

    TextStripView() = default;
    TextStripView(int w, int h, std::span<const std::uint8_t> bytes)
        : width(w), height(h), a8(bytes) {}
    TextStripView(const TextStrip& strip)  // NOLINT(google-explicit-constructor)
        : width(strip.width), height(strip.height), a8(strip.a8) {}

    /// Within the bounds of a strip, and as many bytes as it says.
    bool valid() const {
        return width > 0 && height > 0 && width <= max_strip_width && height <= max_strip_height &&
               a8.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    }
};

enum class Weight : std::uint8_t { regular, bold };

/// Sizes in physical pixels. The baseline is a fixed part of the height, not the font's, so strips
/// of different fonts and processes stand on one line.
struct TextStyle {
    int font_px = 13;  // pixels per em
    int height = 20;   // of the strip; clamped to max_strip_height
    Weight weight = Weight::regular;
};

/// The style of titles and names in title bars at a scale.
TextStyle title_style(Scale scale, Weight weight = Weight::regular);
int baseline_of(const TextStyle& style);

class TextPainter {
  public:
    /// Fails, with one line saying why, only if no font at all is found.
    [[nodiscard]] static std::expected<TextPainter, std::string> load();

    TextPainter(TextPainter&&) noexcept;
    TextPainter& operator=(TextPainter&&) noexcept;
    ~TextPainter();

    /// The text on one line, at most `max_width` wide (and never past max_strip_width), elided with
    /// "…" at its logical end if need be. Text that is not safe (is_safe_text) is sanitised first;
    /// a character that no font has becomes a visible box. Empty text gives an empty strip.
    TextStrip paint(std::string_view text, const TextStyle& style,
                    int max_width = max_strip_width) const;

    /// Of the text without elision, as paint() would lay it out.
    int width_of(std::string_view text, const TextStyle& style) const;

  private:
    struct Fonts;
    explicit TextPainter(std::unique_ptr<Fonts> fonts);
    std::unique_ptr<Fonts> fonts_;
};

/// What a warden answers a title request with.
inline TextStrip title_strip(const TextPainter& painter, std::string_view title, Scale scale,
                             int max_width) {
    return painter.paint(title, title_style(scale), max_width);
}

}  // namespace leadlight::theming
