// SPDX-License-Identifier: MIT
// The keymap as guests get it: the text of the very keymap that the person's keyboards have, in one
// sealed file for all of them, and how fast a held key repeats.
#pragma once

#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

#include <expected>
#include <string>

struct xkb_keymap;

namespace leadlight::compositor {

class Guest;

class GuestKeymap {
  public:
    /// The error is one line.
    [[nodiscard]] static std::expected<GuestKeymap, std::string>
    create(xkb_keymap* keymap, const protocol::Repeat& repeat);

    void send(Guest& guest) const;

  private:
    GuestKeymap(grants::Descriptor file, protocol::KeymapFile record,
                const protocol::Repeat& repeat);

    grants::Descriptor file_;
    protocol::KeymapFile record_;
    protocol::Repeat repeat_;
};

}  // namespace leadlight::compositor
