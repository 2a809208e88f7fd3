// SPDX-License-Identifier: MIT
#include "compositor/control/server_desk.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "shm-grants/mapping.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace leadlight::compositor {

namespace {

std::string hex(theming::Rgb colour) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", colour.r, colour.g, colour.b);
    return text.data();
}

const char* to_string(WindowRole role) {
    switch (role) {
    case WindowRole::toplevel:
        return "toplevel";
    case WindowRole::popup:
        return "popup";
    case WindowRole::unmanaged:
        break;
    }
    return "unmanaged";
}

// In pixels of the output's picture.
policy::Box pixels(const policy::Box& box, const policy::OutputArea& output) {
    const double scale = output.scale.in_120ths() / 120.0;
    const auto scaled = [scale](policy::Coordinate logical) {
        return static_cast<policy::Coordinate>(std::lround(static_cast<double>(logical) * scale));
    };
    const policy::Box local = box.moved(-output.whole.x, -output.whole.y);
    const policy::Coordinate x = scaled(local.x);
    const policy::Coordinate y = scaled(local.y);
    return {x, y, scaled(local.right()) - x, scaled(local.bottom()) - y};
}

}  // namespace

std::vector<DomainReport> ServerDesk::domains() {
    const auto windows = server_.desktop->stacked();
    std::vector<DomainReport> all;
    for (const Domain* domain : server_.domains->all()) {
        const DomainEntry& entry = domain->entry();
        DomainReport report{.name = entry.name,
                            .label = entry.label.name,
                            .colour = hex(entry.label.colour),
                            .address = grants::to_string(entry.address),
                            .state = std::string(to_string(domain->state()))};
        if (const Guest* guest = domain->guest()) {
            report.windows = static_cast<std::uint32_t>(std::ranges::count_if(
                windows, [&](const Window* window) { return window->domain() == guest->id(); }));
        }
        all.push_back(std::move(report));
    }
    return all;
}

WindowReport ServerDesk::report(const Window& window) const {
    WindowReport report{
        .domain = window.is_guest() ? window.identity().name() : std::string(admin_name),
        .admin = !window.is_guest(),
        .id = window.id().value,
        .title = window.title(),
        .app_id = window.app_id(),
        .kind = to_string(window.role()),
        .focused = server_.desktop->focused() == &window,
        .visible = window.visible(),
        .maximized = window.states().maximized,
        .fullscreen = window.states().fullscreen,
        .minimized = window.states().minimized,
        .scale = window.scale().in_120ths() / 120.0,
        .frame = window.frame_box(),
        .content = window.content_box(),
    };
    if (const Output* output = server_.outputs->find(window.output())) {
        report.output = output->wlr()->name;
        report.frame_px = pixels(report.frame, output->area());
        report.content_px = pixels(report.content, output->area());
    }
    return report;
}

std::vector<WindowReport> ServerDesk::windows() {
    std::vector<WindowReport> all;
    for (const Window* window : server_.desktop->stacked()) {
        all.push_back(report(*window));
    }
    return all;
}

Counters ServerDesk::statistics() {
    const Statistics& counted = server_.statistics;
    return {{"commits", counted.commits},
            {"damaged_pixels", counted.damaged_pixels},
            {"frames_sent", counted.frames_sent},
            {"links_closed", counted.links_closed},
            {"longest_dispatch_ns", counted.longest_dispatch_ns},
            {"map_calls", grants::mapping_counters().map_calls},
            {"output_frames", counted.output_frames},
            {"records_in", counted.records_in},
            {"records_out", counted.records_out},
            {"title_bars_painted", counted.title_bars_painted},
            {"unmap_calls", grants::mapping_counters().unmap_calls},
            {"windows", server_.desktop->stacked().size()},
            {"pages", server_.ledger.pages_in_all()}};
}

ControlDesk::Result ServerDesk::add_domain(const std::string& name, const std::string& label,
                                           const std::string& address) {
    if (const auto reason = domain_name_problem(name)) {
        return std::unexpected(*reason);
    }
    const theming::Label* known = config_.label(label);
    if (known == nullptr) {
        return std::unexpected("there is no label '" + label + "'");
    }
    const auto parsed = grants::parse_address(address);
    if (!parsed) {
        return std::unexpected("address: " + std::string(parsed.error()));
    }
    // A guest of Xen is the administrator's to name: who can reach this socket must not choose how
    // it looks (rule 2).
    if (!std::holds_alternative<grants::LocalAddress>(*parsed)) {
        return std::unexpected("only domains on this machine, local:, can be added so");
    }
    if (server_.domains->find(name) != nullptr) {
        return std::unexpected("there is a domain '" + name + "' already");
    }
    for (const Domain* other : server_.domains->all()) {
        if (other->entry().address == *parsed) {
            return std::unexpected("domain '" + other->entry().name + "' has the same address");
        }
    }
    return server_.domains->add({name, *known, *parsed});
}

ControlDesk::Result ServerDesk::remove_domain(const std::string& name) {
    if (std::ranges::contains(config_.domains, name, &DomainEntry::name)) {
        return std::unexpected("domain '" + name + "' is the configuration's: remove it there");
    }
    if (const Domain* domain = server_.domains->find(name); domain && domain->entry().uuid) {
        return std::unexpected("domain '" + name + "' is a guest of Xen: it goes when it ends");
    }
    if (!server_.domains->remove(name)) {
        return std::unexpected("there is no domain '" + name + "'");
    }
    return {};
}

}  // namespace leadlight::compositor
