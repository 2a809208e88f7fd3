// SPDX-License-Identifier: MIT
#include "protocol/records.hpp"

#include "protocol/decode_record.hpp"

namespace leadlight::protocol {

template std::expected<FromWarden::Any, Fault>
    decode_record<FromWarden>(std::span<const std::byte>);
template std::expected<ToWarden::Any, Fault> decode_record<ToWarden>(std::span<const std::byte>);

}  // namespace leadlight::protocol
