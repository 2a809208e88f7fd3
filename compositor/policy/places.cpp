// SPDX-License-Identifier: MIT
#include "compositor/policy/places.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace leadlight::policy {
namespace {

constexpr std::string_view header = "leadlight-places 3";
constexpr Coordinate most_distance = 1'000'000;
constexpr Coordinate most_extent = 16'384;

void append_hex(std::string& out, std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const auto byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

std::string line_of(const Uuid& domain, const Token& token, const Place& place) {
    std::string out;
    append_hex(out, domain);
    out += ' ';
    append_hex(out, token);
    for (const Coordinate number :
         {place.content.x, place.content.y, place.content.width, place.content.height,
          static_cast<Coordinate>(place.height), static_cast<Coordinate>(place.maximized),
          static_cast<Coordinate>(place.fullscreen), static_cast<Coordinate>(place.minimized)}) {
        out += ' ';
        out += std::to_string(number);
    }
    return out;
}

// What is before `end`, which is taken away with it; nothing if there is no `end`.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
    const auto at = text.find(end);
    if (at == text.npos) {
        return std::nullopt;
    }
    const auto part = text.substr(0, at);
    text.remove_prefix(at + 1);
    return part;
}

template <typename Number>
bool parse(std::string_view text, Number& out, int base = 10) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    return error == std::errc{} && end == text.data() + text.size();
}

bool parse_bytes(std::string_view text, std::array<std::uint8_t, 16>& out) {
    if (text.size() != 2 * out.size()) {
        return false;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!parse(text.substr(2 * i, 2), out[i], 16)) {
            return false;
        }
    }
    return true;
}

bool plausible(const Place& place) {
    const auto& box = place.content;
    const auto near = [](Coordinate at) { return at >= -most_distance && at <= most_distance; };
    const auto extent = [](Coordinate length) { return length >= 1 && length <= most_extent; };
    return near(box.x) && near(box.y) && extent(box.width) && extent(box.height) &&
           place.height <= Places::most_height;
}

struct Line {
    Uuid domain;
    Token token;
    Place place;
};

std::optional<Line> parse_line(const std::string_view whole) {
    std::string rest_owner(whole);
    rest_owner += ' ';
    std::string_view rest = rest_owner;
    Line line;
    std::array<Coordinate, 8> numbers{};
    const auto domain = take_until(rest, ' ');
    const auto token = take_until(rest, ' ');
    if (!domain || !token || !parse_bytes(*domain, line.domain) ||
        !parse_bytes(*token, line.token)) {
        return std::nullopt;
    }
    for (auto& number : numbers) {
        const auto field = take_until(rest, ' ');
        if (!field || !parse(*field, number)) {
            return std::nullopt;
        }
    }
    const auto [x, y, width, height, stacked, is_maximized, is_fullscreen, is_minimized] = numbers;
    if (stacked < 0) {
        return std::nullopt;
    }
    line.place = {.content = {x, y, width, height},
                  .height = static_cast<std::uint64_t>(stacked),
                  .maximized = is_maximized == 1,
                  .fullscreen = is_fullscreen == 1,
                  .minimized = is_minimized == 1};
    // One spelling only: "-0", "007", capital digits, a flag of 2 and trailing words end here.
    if (!plausible(line.place) || line_of(line.domain, line.token, line.place) != whole) {
        return std::nullopt;
    }
    return line;
}

}  // namespace

bool Places::remember(const Uuid& domain, const Token& token, const Place& place) {
    const Key key{domain, token};
    if (!plausible(place) || (places_.size() >= most && !places_.contains(key))) {
        return false;
    }
    places_[key] = place;
    return true;
}

std::optional<Place> Places::claim(const Uuid& domain, const Token& token) {
    const auto found = places_.extract(Key{domain, token});
    if (found.empty()) {
        return std::nullopt;
    }
    return found.mapped();
}

std::string Places::to_text() const {
    std::string out{header};
    out += '\n';
    for (const auto& [key, place] : places_) {
        out += line_of(key.domain, key.token, place);
        out += '\n';
    }
    return out;
}

std::expected<Places, Places::ParseError> Places::from_text(std::string_view text) {
    std::size_t number = 1;
    const auto first = take_until(text, '\n');
    if (first != header || text.size() > most_bytes) {
        return std::unexpected(ParseError{number});
    }
    Places out;
    while (!text.empty()) {
        ++number;
        const auto written = take_until(text, '\n');  // none: cut off in the middle
        const auto line = written ? parse_line(*written) : std::nullopt;
        if (!line || out.places_.contains({line->domain, line->token}) ||
            !out.remember(line->domain, line->token, line->place)) {
            return std::unexpected(ParseError{number});
        }
    }
    return out;
}

}  // namespace leadlight::policy
