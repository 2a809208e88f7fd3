// SPDX-License-Identifier: MIT
#include "compositor/input/guest_keymap.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/records/sealed_file.hpp"

#include <xkbcommon/xkbcommon.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace leadlight::compositor {

std::expected<GuestKeymap, std::string> GuestKeymap::create(xkb_keymap* keymap,
                                                            const protocol::Repeat& repeat) {
    const std::unique_ptr<char, decltype(&std::free)> text(
        xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1), std::free);
    const std::size_t bytes = text ? std::strlen(text.get()) : 0;
    const auto size = decltype(protocol::KeymapFile::size)::from(bytes);
    if (!size) {
        return std::unexpected("the keymap is too large to be passed on");
    }
    auto file = records::make_sealed_file("leadlight-keymap",
                                          {reinterpret_cast<std::byte*>(text.get()), bytes});
    if (!file) {
        return std::unexpected("no memory file for the keymap: " +
                               std::string(to_string(file.error())));
    }
    return GuestKeymap(std::move(*file), {.size = *size}, repeat);
}

GuestKeymap::GuestKeymap(grants::Descriptor file, protocol::KeymapFile record,
                         const protocol::Repeat& repeat)
    : file_(std::move(file)), record_(record), repeat_(repeat) {}

void GuestKeymap::send(Guest& guest) const {
    guest.send_with_file(record_, file_.get());
    guest.send(repeat_);
}

}  // namespace leadlight::compositor
