// SPDX-License-Identifier: MIT
#include "theming/font.hpp"

#include <algorithm>
#include <array>
#include <fontconfig/fontconfig.h>
#include <string_view>

namespace leadlight::theming {

namespace {

// A fixed list, not fontconfig's own fallback: what text looks like is then the same on every
// machine that has these, and the number of mapped files is bounded. The first that has a character
// draws it.
constexpr std::array families{
    "DejaVu Sans",          "Noto Sans",          "Noto Sans Arabic",   "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Bengali",  "Noto Sans Tamil",    "Noto Sans Telugu",
    "Noto Sans Gujarati",   "Noto Sans Gurmukhi", "Noto Sans Kannada",  "Noto Sans Malayalam",
    "Noto Sans Sinhala",    "Noto Sans Thai",     "Noto Sans Lao",      "Noto Sans Khmer",
    "Noto Sans Myanmar",    "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans Ethiopic",
    "Noto Sans CJK SC",     "WenQuanYi Zen Hei",  "Noto Sans Symbols",  "Noto Sans Symbols 2",
    "Noto Sans Math",
};

using Config = std::unique_ptr<FcConfig, Destroy<FcConfigDestroy>>;
using FontPattern = std::unique_ptr<FcPattern, Destroy<FcPatternDestroy>>;

// fontconfig's best outline font for a family, or for "any" if it is null.
std::optional<FontFiles::File> match(FcConfig* config, const char* family, int weight) {
    const FontPattern wanted(FcPatternCreate());
    if (family != nullptr) {
        FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
    }
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddInteger(wanted.get(), FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(wanted.get(), FC_SCALABLE, FcTrue);
    FcPatternAddBool(wanted.get(), FC_VARIABLE, FcFalse);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const FontPattern found(FcFontMatch(config, wanted.get(), &result));
    FcChar8* name = nullptr;
    FcChar8* path = nullptr;
    int index = 0;
    FcBool variable = FcFalse;
    if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &path) != FcResultMatch ||
        FcPatternGetString(found.get(), FC_FAMILY, 0, &name) != FcResultMatch) {
        return std::nullopt;
    }
    FcPatternGetInteger(found.get(), FC_INDEX, 0, &index);
    FcPatternGetBool(found.get(), FC_VARIABLE, 0, &variable);
    if (family != nullptr &&
        FcStrCmpIgnoreCase(name, reinterpret_cast<const FcChar8*>(family)) != 0) {
        return std::nullopt;  // fontconfig always finds something; only the family itself counts
    }
    if (variable != FcFalse || (index >> 16) != 0) {
        return std::nullopt;  // instances of variable fonts: HarfBuzz and FreeType would disagree
    }
    return FontFiles::File{reinterpret_cast<const char*>(path), index};
}

}  // namespace

FontFiles choose_fonts() {
    const Config config(FcInitLoadConfigAndFonts());
    FontFiles files;
    if (!config) {
        return files;
    }
    for (const char* family : families) {
        if (auto file = match(config.get(), family, FC_WEIGHT_REGULAR)) {
            files.regular.push_back(std::move(*file));
        }
    }
    if (files.regular.empty()) {
        if (auto file = match(config.get(), nullptr, FC_WEIGHT_REGULAR)) {
            files.regular.push_back(std::move(*file));
        }
    }
    // Bold is for names, which are ASCII: one face will do.
    for (const char* family : families) {
        if (auto file = match(config.get(), family, FC_WEIGHT_BOLD)) {
            files.bold.push_back(std::move(*file));
            break;
        }
    }
    return files;
}

}  // namespace leadlight::theming
