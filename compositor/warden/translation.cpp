// SPDX-License-Identifier: MIT
#include "compositor/warden/translation.hpp"

#include "compositor/records/sealed_file.hpp"
#include "theming/sanitise.hpp"

namespace leadlight::warden {

using namespace protocol;

namespace {

template <class R>
OutgoingRecord record(const R& value, Descriptor descriptor = {}) {
    return {encode_record<FromWarden>(value), std::move(descriptor)};
}

using Result = std::expected<std::optional<OutgoingRecord>, OwnFailure>;

Result cursor_record(const CursorImage& message) {
    auto file = records::make_sealed_file("leadlight-cursor", message.pixels.span());
    if (!file) {
        return std::unexpected(OwnFailure{"no memory file for a cursor"});
    }
    return record(CursorFile{.serial = message.serial,
                             .width = message.width,
                             .height = message.height,
                             .hotspot_x = message.hotspot_x,
                             .hotspot_y = message.hotspot_y},
                  std::move(*file));
}

/// Text of a guest reaches the compositor in its clean form only (rule 3).
AppId cleaned(const AppId& message) {
    using Words = decltype(message.text);
    const auto safe = theming::sanitise(message.text.view(), {.bytes = Words::capacity});
    return {message.window, Words::from(safe).value_or(Words())};
}

}  // namespace

Result to_record(const FromAgent::Any& message, Descriptor descriptor) {
    return std::visit(
        [&]<class M>(const M& known) -> Result {
            if constexpr (std::is_same_v<M, Title>) {
                return std::nullopt;
            } else if constexpr (std::is_same_v<M, CursorImage>) {
                return cursor_record(known);
            } else if constexpr (std::is_same_v<M, AppId>) {
                return record(cleaned(known));
            } else {
                return record(known, std::move(descriptor));
            }
        },
        message);
}

std::expected<void, OwnFailure>
to_message(const ToWarden::Any& record, const Descriptor& descriptor, std::vector<std::byte>& out) {
    return std::visit(
        [&]<class R>(const R& known) -> std::expected<void, OwnFailure> {
            if constexpr (std::is_same_v<R, KeymapFile>) {
                const auto content = records::read_sealed_file(descriptor.get(), known.size);
                if (!content) {
                    return std::unexpected(OwnFailure{"the keymap's file is not as it should be"});
                }
                encode<ToAgent>(Keymap{*decltype(Keymap::text)::from(*content)}, out);
            } else if constexpr (MessageOf<R, ToAgent>) {
                encode<ToAgent>(known, out);
            }
            return {};
        },
        record);
}

bool needs_descriptor(const FromAgent::Any& message) {
    const auto* pool = std::get_if<PoolCreate>(&message);
    return pool != nullptr && pool->kind == PoolKind::memfd;
}

}  // namespace leadlight::warden
