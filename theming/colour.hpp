// SPDX-License-Identifier: MIT
// Colours as the person sees them: exact on the frame, readable under text, far enough apart to be
// told from each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace leadlight::theming {

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;

    /// The opaque pixel of this colour in ARGB8888 (and XRGB8888), native byte order.
    constexpr std::uint32_t argb() const {
        return 0xff000000u | (std::uint32_t{r} << 16) | (std::uint32_t{g} << 8) | b;
    }
    friend constexpr bool operator==(Rgb, Rgb) = default;
};

inline constexpr Rgb black{0, 0, 0};
inline constexpr Rgb white{255, 255, 255};

/// Six hexadecimal digits, with or without '#'.
std::optional<Rgb> parse_rgb(std::string_view text);

/// Relative luminance and contrast ratio (1 to 21) of WCAG 2.
double luminance(Rgb colour);
double contrast(Rgb one, Rgb other);

/// Black or white, whichever reads better. For a ground of luminance L the two contrasts are
/// (L+0.05)/0.05 and 1.05/(L+0.05); their product is 21, so the better one is at least sqrt(21),
/// which is 4.58: always above the 4.5 that WCAG asks for.
Rgb ink_on(Rgb ground);

/// `share` (0 to 1) of `over` laid on `ground`.
Rgb mix(Rgb ground, Rgb over, double share);

/// Distance in CIE L*a*b* (CIE76): about 2 is just visible, 100 is black to white.
double difference(Rgb one, Rgb other);

}  // namespace leadlight::theming
