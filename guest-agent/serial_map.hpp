// SPDX-License-Identifier: MIT
// Which event of the admin domain a program's serial came from. A program names the serial of the
// Wayland event that it answers; the admin domain counts its own (rule 5). One event of the admin
// domain may become several Wayland events, so each entry is a range.
#pragma once

#include "protocol/types.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace leadlight::agent {

class SerialMap {
  public:
    /// A press of a button, a key or a finger; what else the pointer did; neither.
    enum class Cause { press, pointer, other };

    /// Local serials after `before`, up to `last`, were made for `admin`.
    void note(std::uint32_t before, std::uint32_t last, protocol::Serial admin, Cause cause) {
        if (cause == Cause::press) {
            last_press_ = admin;
        }
        if (cause != Cause::other) {
            last_deed_ = admin;
        }
        if (before == last) {
            return;
        }
        entries_[next_ % entries_.size()] = {before, last - before, admin};
        ++next_;
    }
    /// 0 when the serial is too old or was never ours.
    protocol::Serial admin(std::uint32_t local) const {
        for (const Entry& entry : entries_) {
            // Unsigned differences, because the counter wraps around.
            const std::uint32_t distance = local - entry.before;
            if (entry.count != 0 && distance != 0 && distance <= entry.count) {
                return entry.admin;
            }
        }
        return 0;
    }
    /// For requests in which wlroots does not tell the serial.
    protocol::Serial last_press() const { return last_press_; }
    /// The newest press, or word of the pointer: what a program may hold the pointer for.
    protocol::Serial last_deed() const { return last_deed_; }
    void clear() { *this = {}; }

  private:
    struct Entry {
        std::uint32_t before = 0, count = 0;
        protocol::Serial admin = 0;
    };
    // Requests count for 2 s only: this many events are enough for fast typing.
    std::array<Entry, 256> entries_{};
    std::size_t next_ = 0;
    protocol::Serial last_press_ = 0, last_deed_ = 0;
};

}  // namespace leadlight::agent
