// SPDX-License-Identifier: MIT
#include "theming/text.hpp"

#include "theming/sanitise.hpp"
#include "theming/shaping.hpp"
#include "theming/unicode.hpp"

#include <algorithm>

#include FT_OUTLINE_H

namespace leadlight::theming {

namespace {

constexpr TextBounds line_bounds{};

// Adds a glyph's coverage to the strip, whatever part of it lies inside.
void blend(TextStrip& strip, const FT_Bitmap& glyph, int left, int top) {
    const int first_row = std::max(0, -top);
    const int last_row = std::min(static_cast<int>(glyph.rows), strip.height - top);
    const int first_column = std::max(0, -left);
    const int last_column = std::min(static_cast<int>(glyph.width), strip.width - left);
    for (int y = first_row; y < last_row; ++y) {
        const std::uint8_t* from = glyph.buffer + static_cast<std::ptrdiff_t>(y) * glyph.pitch;
        std::uint8_t* to = strip.a8.data() + static_cast<std::ptrdiff_t>(top + y) * strip.width;
        for (int x = first_column; x < last_column; ++x) {
            std::uint8_t& pixel = to[left + x];
            pixel = static_cast<std::uint8_t>(pixel + from[x] - pixel * from[x] / 255);
        }
    }
}

// Hinted lightly: stems keep their place along the line (at a quarter pixel's precision and
// better), heights snap to pixel rows, so small text is crisp.
void draw(TextStrip& strip, const Glyph& glyph, int baseline) {
    FT_Face face = glyph.font->face();
    if (FT_Load_Glyph(face, glyph.index, FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT) != 0 ||
        face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
        return;
    }
    FT_Outline_Translate(&face->glyph->outline, glyph.x & 63, glyph.y & 63);
    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) {
        return;
    }
    blend(strip, face->glyph->bitmap, (glyph.x >> 6) + face->glyph->bitmap_left,
          baseline - (glyph.y >> 6) - face->glyph->bitmap_top);
}

int pixels(int advance) {
    return (advance + 63) / 64;
}

}  // namespace

TextStyle title_style(Scale scale, Weight weight) {
    return {scale.px(13), std::min(scale.px(20), max_strip_height), weight};
}

int baseline_of(const TextStyle& style) {
    // Capitals, 0.73 em high in the first font, stand in the middle.
    return (style.height + (style.font_px * 73 + 50) / 100 + 1) / 2;
}

struct TextPainter::Fonts {
    FreeType library;  // first: it goes last
    std::vector<Font> regular, bold;

    // By order of preference, at the asked size.
    std::vector<Font*> at(const TextStyle& style) {
        std::vector<Font*> fonts;
        for (auto* list : {&bold, &regular}) {
            if (list == &bold && style.weight != Weight::bold) {
                continue;
            }
            for (Font& font : *list) {
                font.set_size(std::clamp(style.font_px, 1, max_strip_height));
                fonts.push_back(&font);
            }
        }
        return fonts;
    }
};

TextPainter::TextPainter(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
TextPainter::TextPainter(TextPainter&&) noexcept = default;
TextPainter& TextPainter::operator=(TextPainter&&) noexcept = default;
TextPainter::~TextPainter() = default;

std::expected<TextPainter, std::string> TextPainter::load() {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) {
        return std::unexpected("FreeType does not start");
    }
    auto fonts = std::make_unique<Fonts>();
    fonts->library.reset(library);
    const auto open = [&](const std::vector<FontFiles::File>& files, std::vector<Font>& into) {
        for (const auto& file : files) {
            if (auto font = Font::open(library, file.path, file.index)) {
                into.push_back(std::move(*font));
            }
        }
    };
    const FontFiles files = choose_fonts();
    open(files.regular, fonts->regular);
    open(files.bold, fonts->bold);
    if (fonts->regular.empty()) {
        return std::unexpected("no outline font is installed (fonts-dejavu-core has one)");
    }
    return TextPainter(std::move(fonts));
}

TextStrip TextPainter::paint(std::string_view text, const TextStyle& style, int max_width) const {
    const std::u32string all = to_utf32(sanitise(text, line_bounds));
    const int room = std::clamp(max_width, 0, max_strip_width);
    const auto fonts = fonts_->at(style);
    const bool right_to_left = is_right_to_left(all);
    Line line = shape_line(all, fonts, right_to_left);
    if (pixels(line.advance) > room) {
        // The longest beginning that fits with the ellipsis. Longer text is wider, near enough for
        // a binary search: where kerning or joining breaks that, the result still fits.
        std::size_t fitting = 0;
        Line best;
        for (std::size_t low = 0, high = all.size(); low < high;) {
            const std::size_t middle = (low + high) / 2;
            const auto beginning =
                without_last_character(std::u32string_view(all).substr(0, middle + 1));
            Line attempt = shape_line(std::u32string(beginning) + ellipsis, fonts, right_to_left);
            if (pixels(attempt.advance) <= room) {
                if (best.glyphs.empty() || beginning.size() >= fitting) {
                    fitting = beginning.size();
                    best = std::move(attempt);
                }
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        line = std::move(best);
    }
    TextStrip strip;
    strip.width = std::min(pixels(line.advance), room);
    strip.height = std::clamp(style.height, 1, max_strip_height);
    if (strip.width == 0) {
        return {};
    }
    strip.a8.resize(static_cast<std::size_t>(strip.width) * static_cast<std::size_t>(strip.height));
    for (const Glyph& glyph : line.glyphs) {
        draw(strip, glyph, baseline_of(style));
    }
    return strip;
}

int TextPainter::width_of(std::string_view text, const TextStyle& style) const {
    const std::u32string all = to_utf32(sanitise(text, line_bounds));
    return pixels(shape_line(all, fonts_->at(style), is_right_to_left(all)).advance);
}

}  // namespace leadlight::theming
