// SPDX-License-Identifier: MIT
#include "compositor/warden/title_records.hpp"

#include "compositor/records/sealed_file.hpp"
#include "theming/sanitise.hpp"

namespace leadlight::warden {

using namespace protocol;

std::expected<std::vector<OutgoingRecord>, OwnFailure>
draw_title(const Titles::Job& job, const theming::TextPainter& painter) {
    using Words = decltype(TitleText::text);
    const auto safe = theming::sanitise(job.title, {.bytes = Words::capacity});
    std::vector<OutgoingRecord> result;
    if (job.text_changed) {
        const TitleText text{job.window, Words::from(safe).value_or(Words())};
        result.push_back({encode_record<FromWarden>(text), {}});
    }
    if (!job.style) {
        return result;
    }
    const auto strip = theming::title_strip(painter, safe, theming::Scale(job.style->scale.get()),
                                            job.style->max_width);
    const auto width = decltype(TitleStrip::width)::from(strip.width);
    const auto height = decltype(TitleStrip::height)::from(strip.height);
    if (!width || !height) {
        return result;
    }
    auto file = records::make_sealed_file("leadlight-title", std::as_bytes(std::span(strip.a8)));
    if (!file) {
        return std::unexpected(OwnFailure{"no memory file for a title"});
    }
    const TitleStrip head{.window = job.window, .width = *width, .height = *height};
    result.push_back({encode_record<FromWarden>(head), std::move(*file)});
    return result;
}

}  // namespace leadlight::warden
