// SPDX-License-Identifier: MIT
// Bounded lists, text and bytes. List and Text hold their items in place, so that a struct of them
// is plain memory and has a fixed layout in a record; Bytes is for what only a message may carry.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace leadlight::protocol {

/// Up to Max items, in place.
template <class T, std::size_t Max>
class List {
    static_assert(Max <= UINT16_MAX);

  public:
    using Item = T;
    static constexpr std::size_t capacity = Max;

    constexpr List() = default;
    constexpr List(std::initializer_list<T> items) {
        for (const T& item : items) {
            push_back(item);
        }
    }

    /// False, and nothing is added, when the list is full.
    constexpr bool push_back(const T& item) {
        if (size_ == Max) {
            return false;
        }
        items_[size_++] = item;
        return true;
    }
    constexpr void clear() { size_ = 0; }

    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr bool full() const { return size_ == Max; }
    constexpr T& operator[](std::size_t index) { return items_.at(index); }
    constexpr const T& operator[](std::size_t index) const { return items_.at(index); }
    constexpr const T* begin() const { return items_.data(); }
    constexpr const T* end() const { return items_.data() + size_; }
    constexpr T* begin() { return items_.data(); }
    constexpr T* end() { return items_.data() + size_; }
    constexpr std::span<const T> span() const { return {items_.data(), size_}; }

    constexpr bool operator==(const List& other) const {
        return std::ranges::equal(span(), other.span());
    }

  private:
    std::array<T, Max> items_{};
    std::uint16_t size_ = 0;
};

/// True for well-formed UTF-8 without a NUL (Unicode 15, table 3-7).
bool is_utf8(std::string_view text);

/// Up to Max bytes of UTF-8 without a NUL, in place. Says nothing of what the text looks like:
/// theming sanitises what is shown.
template <std::size_t Max>
class Text {
    static_assert(Max <= UINT16_MAX);

  public:
    static constexpr std::size_t capacity = Max;

    constexpr Text() = default;
    static std::optional<Text> from(std::string_view text) {
        if (text.size() > Max || !is_utf8(text)) {
            return std::nullopt;
        }
        Text result;
        std::ranges::copy(text, result.bytes_.begin());
        result.size_ = static_cast<std::uint16_t>(text.size());
        return result;
    }

    constexpr std::string_view view() const { return {bytes_.data(), size_}; }
    constexpr bool operator==(const Text& other) const { return view() == other.view(); }

  private:
    std::array<char, Max> bytes_{};
    std::uint16_t size_ = 0;
};

/// Up to Max bytes on the heap, for messages only: a record carries as much in a sealed memfd.
template <std::size_t Max>
class Bytes {
  public:
    static constexpr std::size_t capacity = Max;

    Bytes() = default;
    static std::optional<Bytes> from(std::span<const std::byte> bytes) {
        if (bytes.size() > Max) {
            return std::nullopt;
        }
        Bytes result;
        result.bytes_.assign(bytes.begin(), bytes.end());
        return result;
    }

    std::span<const std::byte> span() const { return bytes_; }
    bool operator==(const Bytes&) const = default;

  private:
    std::vector<std::byte> bytes_;
};

}  // namespace leadlight::protocol
