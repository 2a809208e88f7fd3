// SPDX-License-Identifier: MIT
// A guest's title the whole way that a warden takes it: cleaned, shaped by HarfBuzz, rasterised by
// FreeType. No crash, what comes out is safe and stays as it is, and no strip is larger than one
// may be. The libraries are the system's, so they are watched from outside only.
#include "theming/safe_text.hpp"
#include "theming/sanitise.hpp"
#include "theming/text.hpp"

#include <cstdio>
#include <cstdlib>

using namespace leadlight::theming;

namespace {

const TextPainter& painter() {
    static const auto loaded = [] {
        auto painter = TextPainter::load();
        if (!painter) {
            std::fprintf(stderr, "%s\n", painter.error().c_str());
            std::abort();
        }
        return std::move(*painter);
    }();
    return loaded;
}

void check(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) {
        return 0;
    }
    const Scale scale(120 + data[0] % 4 * 30);
    const int most = 1 + (data[1] * 256 + data[2]) % max_strip_width;
    const std::string_view title(reinterpret_cast<const char*>(data) + 3, size - 3);

    const TextBounds bounds{.bytes = 256};
    const std::string safe = sanitise(title, bounds);
    check(is_safe_text(safe, bounds.bytes), "sanitised text is not safe");
    check(sanitise(safe, bounds) == safe, "sanitising twice changes it");

    const TextStrip strip = title_strip(painter(), safe, scale, most);
    check(strip.width >= 0 && strip.width <= most, "wider than asked for");
    check(strip.height >= 0 && strip.height <= max_strip_height, "higher than a strip");
    check(strip.a8.size() ==
              static_cast<std::size_t>(strip.width) * static_cast<std::size_t>(strip.height),
          "not as many bytes as it says");
    return 0;
}
