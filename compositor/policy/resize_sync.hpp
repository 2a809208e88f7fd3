// SPDX-License-Identifier: MIT
// A resize is applied together with the content drawn for it, for up to 200 ms; then the frame
// follows the person and the old content is cropped or padded (rule 9). One of these per window
// decides which box its frame has now.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/types.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace leadlight::policy {

class ResizeSync {
  public:
    static constexpr Time patience = std::chrono::milliseconds{200};

    explicit ResizeSync(const Box& content = {}) : shown_(content), wished_(content) {}

    /// The person or the compositor wants this box; `serial` is of the configure that says so. A
    /// move alone is shown at once: no content has to be drawn for it.
    void wish(const Box& content, std::uint32_t serial, Time now);
    /// A commit that answers the configure of `serial` is applied. Serials of no wish are ignored.
    void committed(std::uint32_t serial);
    void timer(Time now);

    const Box& shown() const { return shown_; }
    const Box& wished() const { return wished_; }
    std::optional<Time> deadline() const;

  private:
    static constexpr std::size_t most_wishes = 16;
    struct Wish {
        Box content;
        std::uint32_t serial;
        Time at;
    };

    Box shown_;
    Box wished_;
    std::deque<Wish> open_;  // not answered, the oldest first
    bool late_ = false;      // the guest did not answer in time: the frame follows the person
};

}  // namespace leadlight::policy
