// SPDX-License-Identifier: MIT
#include "protocol/broker_records.hpp"

#include "protocol/decode_record.hpp"

namespace leadlight::protocol {

template std::expected<FromBroker::Any, Fault>
    decode_record<FromBroker>(std::span<const std::byte>);
template std::expected<ToBroker::Any, Fault> decode_record<ToBroker>(std::span<const std::byte>);

}  // namespace leadlight::protocol
