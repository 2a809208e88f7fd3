// SPDX-License-Identifier: MIT
// Which title has to be drawn next. A window's title is drawn at the style last asked for, when
// either changes; a flood of titles is drawn at most once per window and interval, the latest one.
// Pure: the clock is the caller's, and so is the drawing.
#pragma once

#include "protocol/records.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace leadlight::warden {

class Titles {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds interval{50};

    struct Job {
        protocol::WindowId window;
        std::string title;  // as the guest sent it
        bool text_changed = false;
        /// None before the compositor asked for a style.
        std::optional<protocol::TitleStyle> style;
    };

    void set_title(protocol::WindowId window, std::string_view title);
    void set_style(const protocol::TitleStyle& style);
    void forget(protocol::WindowId window);

    /// When there will be a job; none while all is drawn.
    std::optional<Clock::time_point> next_due() const;
    /// The job that is longest due, taken as done.
    [[nodiscard]] std::optional<Job> take(Clock::time_point now);

  private:
    struct Entry {
        std::string title;
        std::optional<protocol::TitleStyle> style;
        bool text_changed = false, look_changed = false;
        Clock::time_point not_before;
        bool waits() const { return text_changed || (look_changed && !title.empty()); }
    };
    std::map<protocol::WindowId, Entry> windows_;
};

}  // namespace leadlight::warden
