// SPDX-License-Identifier: MIT
//
// A resize is applied together with the content drawn for it, for up to 200 ms; then the frame
// follows the person and the old content is cropped or padded (rule 9). One of these per window
// decides which box its frame has now.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/types.hpp"

#include <cstdint>
#include <optional>

namespace leadlight::policy {

class ResizeSync {
  public:
    static constexpr Time patience = std::chrono::milliseconds{200};

    explicit ResizeSync(const Box& content = {}) : shown_(content), wished_(content) {}

    // The person or the compositor wants this box; `serial` is of the configure that says so. A
    // move alone is shown at once: no content has to be drawn for it.
    void wish(const Box& content, std::uint32_t serial, Time now);
    // A commit is applied that answers the configure of `serial`.
    void committed(std::uint32_t serial);
    void timer(Time now);

    [[nodiscard]] const Box& shown() const { return shown_; }
    [[nodiscard]] const Box& wished() const { return wished_; }
    [[nodiscard]] std::optional<Time> deadline() const;

  private:
    Box shown_;
    Box wished_;
    std::uint32_t serial_ = 0;
    std::optional<Time> since_;  // when the oldest wish not yet shown was made
};

}  // namespace leadlight::policy
