// SPDX-License-Identifier: MIT
// Coming back (rule 8): the place of each window by its domain's uuid and a random token of 128
// bits that the window's agent was given, so that a compositor started anew puts every window where
// it was. A token of one domain says nothing in another: both halves are the key.
//
// The text form is ours and lies in the person's own runtime directory, but is read as untrusted: a
// line that is not exactly right makes the whole file wrong.
#pragma once

#include "compositor/policy/geometry.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace leadlight::policy {

using Uuid = std::array<std::uint8_t, 16>;
using Token = std::array<std::uint8_t, 16>;  // from the system's random source

struct Place {
    Box content;
    std::uint64_t height = 0;  // Stacking's
    bool maximized = false;
    bool fullscreen = false;
    bool minimized = false;
    bool operator==(const Place&) const = default;
};

class Places {
  public:
    static constexpr std::size_t most = 512;
    /// A Stacking gets there with a thousand million windows raised.
    static constexpr std::uint64_t most_height = std::uint64_t{1} << 62;
    static constexpr std::size_t most_bytes = 128 * (most + 1);

    /// False when full: the window will be placed as a new one.
    bool remember(const Uuid& domain, const Token& token, const Place& place);
    void forget(const Uuid& domain, const Token& token) { places_.erase({domain, token}); }
    /// Once for each token: two windows with one token cannot both come back to one place.
    [[nodiscard]] std::optional<Place> claim(const Uuid& domain, const Token& token);
    std::size_t size() const { return places_.size(); }
    template <typename Act>
    void each(Act act) const {
        for (const auto& [key, place] : places_) {
            act(key.domain, key.token, place);
        }
    }

    std::string to_text() const;

    struct ParseError {
        std::size_t line;  // from 1
    };
    [[nodiscard]] static std::expected<Places, ParseError> from_text(std::string_view text);

  private:
    struct Key {
        Uuid domain;
        Token token;
        auto operator<=>(const Key&) const = default;
    };
    std::map<Key, Place> places_;
};

}  // namespace leadlight::policy
