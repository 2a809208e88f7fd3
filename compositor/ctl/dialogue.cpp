// SPDX-License-Identifier: MIT
#include "compositor/ctl/dialogue.hpp"

#include "compositor/ctl/table.hpp"

#include <nlohmann/json.hpp>

namespace leadlight::ctl {

namespace {

using nlohmann::json;
using Rows = std::vector<std::vector<Cell>>;

constexpr auto replace = json::error_handler_t::replace;

std::string box(const json& place) {
    const auto number = [&place](const char* member) {
        return std::to_string(place.value(member, std::int64_t{0}));
    };
    return number("width") + "x" + number("height") + "+" + number("x") + "+" + number("y");
}

// A patch of the colour "#rrggbb" before the text, on terminals that can.
Cell labelled(const std::string& text, const std::string& colour, Style style) {
    if (!style.colour || colour.size() != 7) {
        return {text};
    }
    const auto channel = [&colour](std::size_t at) {
        return std::to_string(std::stoi(colour.substr(at, 2), nullptr, 16));
    };
    return {text, "\033[48;2;" + channel(1) + ";" + channel(3) + ";" + channel(5) + "m  \033[0m "};
}

std::string domains(const json& list, Style style) {
    Rows rows{
        {{"NAME"}, {style.colour ? "   LABEL" : "LABEL"}, {"STATE"}, {"WINDOWS"}, {"ADDRESS"}}};
    for (const json& domain : list) {
        rows.push_back({{domain.value("name", "")},
                        labelled(domain.value("label", ""), domain.value("colour", ""), style),
                        {domain.value("state", "")},
                        {std::to_string(domain.value("windows", 0))},
                        {domain.value("address", "")}});
    }
    return table(rows);
}

std::string state_of(const json& window) {
    std::string words;
    for (const char* word : {"focused", "maximized", "fullscreen", "minimized"}) {
        if (window.value(word, false)) {
            words += (words.empty() ? "" : ",") + std::string(word);
        }
    }
    return words.empty() ? "-" : words;
}

std::string windows(const json& list) {
    Rows rows{{{"ID"}, {"DOMAIN"}, {"KIND"}, {"STATE"}, {"OUTPUT"}, {"FRAME"}, {"TITLE"}}};
    for (const json& window : list) {
        rows.push_back({{std::to_string(window.value("id", std::uint64_t{0}))},
                        {window.value("domain", "")},
                        {window.value("kind", "")},
                        {state_of(window)},
                        {window.value("output", "")},
                        {box(window.value("frame", json::object()))},
                        {window.value("title", "")}});
    }
    return table(rows);
}

std::string statistics(const json& counters) {
    Rows rows;
    for (const auto& [name, value] : counters.items()) {
        rows.push_back({{name}, {value.dump()}});
    }
    return table(rows);
}

std::string text_of(const json& answer, Style style) {
    if (answer.contains("domains")) {
        return domains(answer["domains"], style);
    }
    if (answer.contains("windows")) {
        return windows(answer["windows"]);
    }
    if (answer.contains("stats")) {
        return statistics(answer["stats"]);
    }
    return "";
}

}  // namespace

std::string request(const std::string& command, const Members& members) {
    json object{{"command", command}};
    for (const auto& [name, text] : members) {
        object[name] = text;
    }
    return object.dump(-1, ' ', false, replace);
}

std::expected<std::string, std::string> show(const std::string& answer, Style style) {
    const json parsed = json::parse(answer, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_object()) {
        return std::unexpected("the answer is no JSON object");
    }
    if (!parsed.value("ok", false)) {
        return std::unexpected(parsed.value("error", "no reason was given"));
    }
    if (!style.json) {
        return text_of(parsed, style);
    }
    // Lists and counters bare, so that `jq` and tests need not unwrap them.
    for (const char* body : {"domains", "windows", "stats"}) {
        if (parsed.contains(body)) {
            return parsed[body].dump(2, ' ', false, replace) + "\n";
        }
    }
    return parsed.dump(-1, ' ', false, replace) + "\n";
}

}  // namespace leadlight::ctl
