// SPDX-License-Identifier: MIT
#include "compositor/warden/titles.hpp"

namespace leadlight::warden {

void Titles::set_title(protocol::WindowId window, std::string_view title) {
    auto& entry = windows_[window];
    if (entry.title == title) {
        return;
    }
    entry.title = title;
    entry.text_changed = true;
}

void Titles::set_style(const protocol::TitleStyle& style) {
    auto& entry = windows_[style.window];
    if (entry.style == style) {
        return;
    }
    entry.style = style;
    entry.look_changed = true;
}

void Titles::forget(protocol::WindowId window) {
    windows_.erase(window);
}

std::optional<Titles::Clock::time_point> Titles::next_due() const {
    std::optional<Clock::time_point> due;
    for (const auto& [window, entry] : windows_) {
        if (entry.waits() && (!due || entry.not_before < *due)) {
            due = entry.not_before;
        }
    }
    return due;
}

std::optional<Titles::Job> Titles::take(Clock::time_point now) {
    auto first = windows_.end();
    for (auto each = windows_.begin(); each != windows_.end(); ++each) {
        if (each->second.waits() && each->second.not_before <= now &&
            (first == windows_.end() || each->second.not_before < first->second.not_before)) {
            first = each;
        }
    }
    if (first == windows_.end()) {
        return std::nullopt;
    }
    auto& entry = first->second;
    Job job{.window = first->first,
            .title = entry.title,
            .text_changed = entry.text_changed,
            .style = entry.style};
    entry.text_changed = entry.look_changed = false;
    entry.not_before = now + interval;
    return job;
}

}  // namespace leadlight::warden
