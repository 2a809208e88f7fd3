// SPDX-License-Identifier: MIT
#include "theming/colour.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace leadlight::theming {

namespace {

// sRGB to linear light.
double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

struct Lab {
    double lightness, a, b;
};

// Under the D65 white that sRGB is defined with.
Lab lab_of(Rgb colour) {
    const double r = linear(colour.r);
    const double g = linear(colour.g);
    const double b = linear(colour.b);
    const auto curve = [](double t) {
        return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
    };
    const double x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const double y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

}  // namespace

std::optional<Rgb> parse_rgb(std::string_view text) {
    if (text.starts_with('#')) {
        text.remove_prefix(1);
    }
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    // from_chars takes a minus sign for signed types only, so six characters are six digits.
    if (text.size() != 6 || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return Rgb{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
               static_cast<std::uint8_t>(value)};
}

double luminance(Rgb colour) {
    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

double contrast(Rgb one, Rgb other) {
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

Rgb ink_on(Rgb ground) {
    return contrast(ground, white) >= contrast(ground, black) ? white : black;
}

Rgb mix(Rgb ground, Rgb over, double share) {
    const auto channel = [share](std::uint8_t from, std::uint8_t to) {
        return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
    };
    return {channel(ground.r, over.r), channel(ground.g, over.g), channel(ground.b, over.b)};
}

double difference(Rgb one, Rgb other) {
    const Lab a = lab_of(one);
    const Lab b = lab_of(other);
    return std::hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
}

}  // namespace leadlight::theming
