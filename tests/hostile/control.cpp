// SPDX-License-Identifier: MIT
#include "tests/hostile/control.hpp"

#include "compositor/ctl/connection.hpp"

#include <stdexcept>

namespace leadlight::hostile {

using nlohmann::json;

json Control::ask(const json& request) {
    const auto answer = ctl::ask(socket_, request.dump());
    if (!answer) {
        throw std::runtime_error(answer.error());
    }
    json result = json::parse(*answer);
    if (!result.at("ok")) {
        throw std::runtime_error(result.at("error"));
    }
    return result;
}

void Control::add_domain(const std::string& name, const std::string& label,
                         const std::string& socket) {
    ask({{"command", "domain-add"},
         {"name", name},
         {"label", label},
         {"address", "local:" + socket}});
}

void Control::remove_domain(const std::string& name) {
    ask({{"command", "domain-remove"}, {"name", name}});
}

std::string Control::state(const std::string& name) {
    const json answer = ask({{"command", "domains"}});
    for (const json& domain : answer.at("domains")) {
        if (domain.at("name") == name) {
            return domain.at("state");
        }
    }
    return {};
}

std::uint64_t Control::counter(const std::string& name) {
    return ask({{"command", "stats"}}).at("stats").at(name);
}

json Control::windows(const std::string& domain) {
    json found = json::array();
    const json answer = ask({{"command", "windows"}});
    for (const json& window : answer.at("windows")) {
        if (window.at("domain") == domain) {
            found.push_back(window);
        }
    }
    return found;
}

}  // namespace leadlight::hostile
