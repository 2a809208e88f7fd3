// SPDX-License-Identifier: MIT
// Between the two languages of a warden: the messages of the channel and the records of the
// compositor. Most are the same structs in another layout; what is text or large changes its form.
#pragma once

#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

#include <expected>
#include <optional>
#include <vector>

namespace leadlight::warden {

using grants::Descriptor;

/// A record as it goes out.
struct OutgoingRecord {
    std::vector<std::byte> bytes;
    Descriptor descriptor;
};

/// What failed on our own side: no fault of the guest.
struct OwnFailure {
    std::string_view what;
};

/// The record of a message that GuestState let pass. `descriptor` came with it and is due for a
/// pool of a memfd only (that it came is the caller's to check). None for a title: that is Titles'.
[[nodiscard]] std::expected<std::optional<OutgoingRecord>, OwnFailure>
to_record(const protocol::FromAgent::Any& message, Descriptor descriptor);

/// Appends the message of a record, if it has one: `dismiss` and `title_style` are for the warden.
[[nodiscard]] std::expected<void, OwnFailure> to_message(const protocol::ToWarden::Any& record,
                                                         const Descriptor& descriptor,
                                                         std::vector<std::byte>& out);

/// True for the message that a descriptor must come with.
bool needs_descriptor(const protocol::FromAgent::Any& message);

}  // namespace leadlight::warden
