// SPDX-License-Identifier: MIT
// The control socket of a desk, asked directly: a breach wants a domain of its own, and hundreds of
// leadlightctl processes would take longer than the breaches.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace leadlight::hostile {

class Control {
  public:
    explicit Control(const std::filesystem::path& folder)
        : socket_(folder / "leadlight" / "control") {}

    void add_domain(const std::string& name, const std::string& label, const std::string& socket);
    void remove_domain(const std::string& name);
    /// "connected", "waiting"...; empty for a domain that is not there.
    std::string state(const std::string& name);
    std::uint64_t counter(const std::string& name);
    /// All windows of a domain, as the compositor lists them.
    nlohmann::json windows(const std::string& domain);

  private:
    nlohmann::json ask(const nlohmann::json& request);

    std::string socket_;
};

}  // namespace leadlight::hostile
