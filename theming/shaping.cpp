// SPDX-License-Identifier: MIT
#include "theming/shaping.hpp"

#include "theming/unicode.hpp"

#include <algorithm>
#include <fribidi.h>

namespace leadlight::theming {

namespace {

static_assert(sizeof(FriBidiChar) == sizeof(char32_t) &&
              sizeof(hb_codepoint_t) == sizeof(char32_t));

const std::uint32_t* as_u32(std::u32string_view text) {
    return reinterpret_cast<const std::uint32_t*>(text.data());
}

struct Run {
    std::size_t begin, end;
    FriBidiLevel level;
    hb_script_t script;
    Font* font;
};

std::vector<FriBidiLevel> levels_of(std::u32string_view text, bool right_to_left) {
    const auto length = static_cast<FriBidiStrIndex>(text.size());
    std::vector<FriBidiCharType> types(text.size());
    std::vector<FriBidiBracketType> brackets(text.size());
    std::vector<FriBidiLevel> levels(text.size());
    fribidi_get_bidi_types(as_u32(text), length, types.data());
    fribidi_get_bracket_types(as_u32(text), length, types.data(), brackets.data());
    FriBidiParType direction = right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), length, &direction,
                                            levels.data()) == 0) {
        std::ranges::fill(levels, static_cast<FriBidiLevel>(right_to_left ? 1 : 0));
    }
    return levels;
}

// The font for the character that starts at `at`: one that has its marks too, else one that has the
// base, else the first (whose box for "missing" shows).
Font* font_for(std::u32string_view text, std::size_t at, std::size_t end,
               std::span<Font* const> fonts) {
    Font* with_base = nullptr;
    for (Font* font : fonts) {
        if (!font->has(text[at])) {
            continue;
        }
        if (std::all_of(text.begin() + at + 1, text.begin() + end,
                        [font](char32_t mark) { return font->has(mark); })) {
            return font;
        }
        with_base = with_base != nullptr ? with_base : font;
    }
    return with_base != nullptr ? with_base : fonts.front();
}

std::vector<Run> runs_of(std::u32string_view text, std::span<Font* const> fonts,
                         bool right_to_left) {
    const auto levels = levels_of(text, right_to_left);
    std::vector<Run> runs;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && is_mark(text[end])) {
            ++end;
        }
        auto script = hb_unicode_script(hb_unicode_funcs_get_default(), text[at]);
        if (script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED) {
            script = runs.empty() ? HB_SCRIPT_COMMON : runs.back().script;
        }
        Font* font = font_for(text, at, end, fonts);
        if (text[at] == U' ' && !runs.empty()) {
            font = runs.back().font->has(U' ') ? runs.back().font : font;
        }
        const bool joins = !runs.empty() && runs.back().level == levels[at] &&
                           runs.back().font == font &&
                           (runs.back().script == script || runs.back().script == HB_SCRIPT_COMMON);
        if (joins) {
            runs.back().end = end;
            runs.back().script = script;
        } else {
            runs.push_back({at, end, levels[at], script, font});
        }
        at = end;
    }
    return runs;
}

// UAX 9, rule L2, on whole runs: HarfBuzz reverses inside of them.
void order_visually(std::vector<Run>& runs) {
    FriBidiLevel highest = 0;
    for (const Run& run : runs) {
        highest = std::max(highest, run.level);
    }
    for (FriBidiLevel level = highest; level > 0; --level) {
        for (auto begin = runs.begin(); begin != runs.end();) {
            begin = std::find_if(begin, runs.end(), [=](const Run& r) { return r.level >= level; });
            const auto end =
                std::find_if(begin, runs.end(), [=](const Run& r) { return r.level < level; });
            std::reverse(begin, end);
            begin = end;
        }
    }
}

}  // namespace

bool is_right_to_left(std::u32string_view text) {
    std::vector<FriBidiCharType> types(text.size());
    const auto length = static_cast<FriBidiStrIndex>(text.size());
    fribidi_get_bidi_types(as_u32(text), length, types.data());
    return fribidi_get_par_direction(types.data(), length) == FRIBIDI_PAR_RTL;
}

Line shape_line(std::u32string_view text, std::span<Font* const> fonts, bool right_to_left) {
    Line line;
    auto runs = runs_of(text, fonts, right_to_left);
    order_visually(runs);
    const std::unique_ptr<hb_buffer_t, Destroy<hb_buffer_destroy>> buffer(hb_buffer_create());
    for (const Run& run : runs) {
        hb_buffer_reset(buffer.get());
        hb_buffer_add_codepoints(buffer.get(), as_u32(text), static_cast<int>(text.size()),
                                 static_cast<unsigned>(run.begin),
                                 static_cast<int>(run.end - run.begin));
        hb_buffer_set_direction(buffer.get(),
                                run.level % 2 != 0 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
        hb_buffer_set_script(buffer.get(), run.script);
        // Named, not asked of the locale: titles look alike in every process.
        hb_buffer_set_language(buffer.get(), hb_language_from_string("en", 2));
        hb_shape(run.font->shaper(), buffer.get(), nullptr, 0);
        unsigned count = 0;
        const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
        const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
        for (unsigned i = 0; i < count; ++i) {
            line.glyphs.push_back({run.font, infos[i].codepoint, line.advance + places[i].x_offset,
                                   places[i].y_offset});
            line.advance += places[i].x_advance;
        }
    }
    return line;
}

}  // namespace leadlight::theming
