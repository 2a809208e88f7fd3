// SPDX-License-Identifier: MIT
#include "compositor/control/answer.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace leadlight::compositor {

namespace {

using nlohmann::json;

json to_json(const policy::Box& box) {
    return {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}};
}

json to_json(const DomainReport& domain) {
    return {{"name", domain.name},       {"label", domain.label}, {"colour", domain.colour},
            {"address", domain.address}, {"state", domain.state}, {"windows", domain.windows}};
}

json to_json(const WindowReport& window) {
    return {{"domain", window.domain},
            {"admin", window.admin},
            {"id", window.id},
            {"title", window.title},
            {"app_id", window.app_id},
            {"kind", window.kind},
            {"focused", window.focused},
            {"visible", window.visible},
            {"maximized", window.maximized},
            {"fullscreen", window.fullscreen},
            {"minimized", window.minimized},
            {"output", window.output},
            {"scale", window.scale},
            {"frame", to_json(window.frame)},
            {"content", to_json(window.content)},
            {"frame_px", to_json(window.frame_px)},
            {"content_px", to_json(window.content_px)}};
}

template <class Report>
json to_json(const std::vector<Report>& reports) {
    json list = json::array();
    for (const Report& report : reports) {
        list.push_back(to_json(report));
    }
    return list;
}

json failure(std::string reason) {
    return {{"ok", false}, {"error", std::move(reason)}};
}

json done(const ControlDesk::Result& result) {
    return result ? json{{"ok", true}} : failure(result.error());
}

// A text member of the request, or nothing. (An empty one is as good as none to every command.)
std::string text(const json& request, const char* member) {
    const auto found = request.find(member);
    return found != request.end() && found->is_string() ? found->get<std::string>() : "";
}

struct Command {
    std::string_view name;
    json (*run)(ControlDesk& desk, const json& request);
};

template <protocol::DomainAction action>
consteval Command acts(std::string_view name) {
    return {name, [](ControlDesk& desk, const json& request) {
                return done(desk.act_on_domain(text(request, "name"), action));
            }};
}

constexpr std::array commands{
    Command{"domains",
            [](ControlDesk& desk, const json&) {
                return json{{"ok", true}, {"domains", to_json(desk.domains())}};
            }},
    Command{"windows",
            [](ControlDesk& desk, const json&) {
                return json{{"ok", true}, {"windows", to_json(desk.windows())}};
            }},
    Command{"stats",
            [](ControlDesk& desk, const json&) {
                json counters = json::object();
                for (const auto& [name, value] : desk.statistics()) {
                    counters[name] = value;
                }
                return json{{"ok", true}, {"stats", std::move(counters)}};
            }},
    Command{"domain-add",
            [](ControlDesk& desk, const json& request) {
                return done(desk.add_domain(text(request, "name"), text(request, "label"),
                                            text(request, "address")));
            }},
    Command{"domain-remove",
            [](ControlDesk& desk, const json& request) {
                return done(desk.remove_domain(text(request, "name")));
            }},
    acts<protocol::DomainAction::pause>("domain-pause"),
    acts<protocol::DomainAction::unpause>("domain-unpause"),
    acts<protocol::DomainAction::power_off>("domain-power-off"),
    Command{"reload", [](ControlDesk& desk, const json&) { return done(desk.reload()); }},
};

constexpr auto names = [] {
    std::array<std::string_view, commands.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = commands[i].name;
    }
    return all;
}();

json run(ControlDesk& desk, std::string_view line) {
    const json request = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!request.is_object()) {
        return failure("a request is one line with a JSON object");
    }
    const std::string wanted = text(request, "command");
    for (const Command& command : commands) {
        if (command.name == wanted) {
            return command.run(desk, request);
        }
    }
    return failure("there is no command '" + wanted + "'");
}

}  // namespace

std::string answer(ControlDesk& desk, std::string_view request) {
    // Whatever bytes there are in it, dump() must not throw.
    return run(desk, request).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::span<const std::string_view> control_commands() {
    return names;
}

}  // namespace leadlight::compositor
