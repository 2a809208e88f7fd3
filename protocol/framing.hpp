// SPDX-License-Identifier: MIT
// A byte stream that comes in pieces of any size, cut into messages. Holds at most one message and
// one read's worth of bytes.
#pragma once

#include "protocol/message.hpp"

namespace leadlight::protocol {

template <class List>
class Framing {
  public:
    /// What one read of the channel gave: the caller takes all whole messages before the next, so
    /// less than one of them is held then.
    void append(std::span<const std::byte> bytes) {
        if (start_ > 0) {
            buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
            start_ = 0;
        }
        buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    }

    /// The next whole message; nothing yet; or what makes the stream unusable for good.
    [[nodiscard]] std::expected<std::optional<typename List::Any>, Fault> next() {
        const std::span<const std::byte> rest = std::span(buffer_).subspan(start_);
        if (rest.size() < Header::size) {
            return std::nullopt;
        }
        const auto header = decode_header<List>(rest.template first<Header::size>());
        if (!header) {
            return std::unexpected(header.error());
        }
        opcode_ = header->opcode;
        if (rest.size() < Header::size + header->body) {
            return std::nullopt;
        }
        start_ += Header::size + header->body;
        return decode_body<List>(header->opcode, rest.subspan(Header::size, header->body))
            .transform(
                [](typename List::Any message) { return std::optional(std::move(message)); });
    }

    /// Opcode of the last header seen, for `bye`.
    std::uint16_t opcode() const { return opcode_; }

    /// True when all that came was whole messages, and they were taken.
    bool empty() const { return start_ == buffer_.size(); }

  private:
    std::vector<std::byte> buffer_;
    std::size_t start_ = 0;
    std::uint16_t opcode_ = 0;
};

}  // namespace leadlight::protocol
