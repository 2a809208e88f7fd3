// SPDX-License-Identifier: MIT
// All that the control socket can see and do, in one place to read. A program of the person's that
// has gone astray can use this socket; so it lists what the person sees anyway, connects domains on
// this machine where that was allowed at start, pauses, unpauses and powers off guests, and has the
// configuration read again. It can never stand in for the person's gesture (rule 6): nothing here
// gives input, moves focus, opens or answers a prompt, or touches clipboard and files, and nothing
// that does may be added. tests/unit/compositor/control_test.cpp holds the list of commands to
// exactly these.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "protocol/broker_records.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace leadlight::compositor {

struct DomainReport {
    std::string name;
    std::string label;
    std::string colour;  // #rrggbb
    std::string address;
    std::string state;
    std::uint32_t windows = 0;
};

struct WindowReport {
    std::string domain;  // admin_name for the admin domain's own
    bool admin = false;
    std::uint64_t id = 0;
    std::string title;  // safe text, but a guest's words
    std::string app_id;
    std::string kind;  // toplevel, popup, unmanaged
    bool focused = false;
    bool visible = false;
    bool maximized = false;
    bool fullscreen = false;
    bool minimized = false;
    std::string output;
    double scale = 1;
    /// In layout coordinates, which the pointer moves in.
    policy::Box frame;
    policy::Box content;
    /// In physical pixels of the output, as a screenshot of it has them.
    policy::Box frame_px;
    policy::Box content_px;
};

using Counters = std::vector<std::pair<std::string, std::uint64_t>>;

class ControlDesk {
  public:
    virtual ~ControlDesk() = default;

    // What fails, fails with one line for the person.
    using Result = std::expected<void, std::string>;

    virtual std::vector<DomainReport> domains() = 0;
    virtual std::vector<WindowReport> windows() = 0;
    virtual Counters statistics() = 0;
    [[nodiscard]] virtual Result add_domain(const std::string& name, const std::string& label,
                                            const std::string& address) = 0;
    [[nodiscard]] virtual Result remove_domain(const std::string& name) = 0;
    /// Of a guest of Xen, by leadlightd.
    [[nodiscard]] virtual Result act_on_domain(const std::string& name,
                                               protocol::DomainAction action) = 0;
    /// The configuration file anew.
    [[nodiscard]] virtual Result reload() = 0;
};

}  // namespace leadlight::compositor
