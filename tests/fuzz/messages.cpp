// SPDX-License-Identifier: MIT
// Any bytes through decode, for one list of structs: no crash, and what decodes encodes to the very
// bytes it came from. Built for each direction of messages and of records.
#include "protocol/broker_records.hpp"
#include "protocol/framing.hpp"
#include "protocol/records.hpp"

#include <cstdlib>

using namespace leadlight::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    std::vector<std::byte> again;
#ifdef FUZZ_RECORDS
    const auto record = decode_record<FUZZ_LIST>(input);
    if (record) {
        again =
            std::visit([](const auto& value) { return encode_record<FUZZ_LIST>(value); }, *record);
    }
    const bool whole = record.has_value();
#else
    Framing<FUZZ_LIST> framing;
    framing.append(input);
    bool whole = true;
    while (true) {
        const auto message = framing.next();
        if (!message || !*message) {
            whole = again.size() == input.size();
            break;
        }
        std::visit([&](const auto& value) { encode<FUZZ_LIST>(value, again); }, **message);
    }
#endif
    if (whole && !std::ranges::equal(again, input)) {
        std::abort();
    }
    return 0;
}
