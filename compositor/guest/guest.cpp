// SPDX-License-Identifier: MIT
#include "compositor/guest/guest.hpp"

#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest_listener.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/log.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <fcntl.h>

namespace leadlight::compositor {

using namespace protocol;

Guest::Guest(Server& server, Domain& domain, policy::DomainId id, grants::Descriptor records)
    : server_(server), domain_(domain), id_(id),
      link_(server.loop, std::move(records), static_cast<LinkOwner&>(*this)),
      end_timer_(server.loop, [this] {
          if (!ended_) {
              end({});
          }
      }) {
    server_.ledger.add(id_);
}

Guest::~Guest() {
    ended_ = true;  // no unmapping in slices any more
    tear_down();
    server_.ledger.remove(id_);
}

const std::string& Guest::name() const {
    return domain_.entry().name;
}

const theming::Identity& Guest::identity() const {
    return domain_.identity();
}

void Guest::send_with_file(const KeymapFile& record, int file) {
    grants::Descriptor copy(fcntl(file, F_DUPFD_CLOEXEC, 0));
    if (copy) {
        link_.send(record, std::move(copy));
    } else {
        log_error("no descriptor left for a keymap");
    }
}

// Not by the desktop's focus alone: a launcher, or the switcher, has the keys above it.
bool Guest::vouched(Serial serial) const {
    const auto* listener = server_.guest_listener;
    return serials_.vouches(policy::Serial{serial}, now(), listener && listener->has_keys(id_));
}

Time Guest::wire_time(policy::Time time) const {
    return static_cast<Time>(std::max<std::int64_t>(0, (time - epoch_).count() / 1000));
}

protocol::WindowId Guest::wire_id(const Window& window) {
    return static_cast<const GuestWindow&>(window).wire_id();
}

GuestWindow* Guest::find(protocol::WindowId id) const {
    const auto found = windows_.find(id);
    return found == windows_.end() ? nullptr : found->second.get();
}

Guest::Outcome Guest::record(FromWarden::Any& any, grants::Descriptor& file) {
    ++server_.statistics.records_in;
    const policy::Time start = now();
    Outcome outcome = std::visit(
        [&]<class T>(const T& r) -> Outcome {
            // `broken` may come before hello: then it is hello that was broken.
            if constexpr (!std::is_same_v<T, Hello> && !std::is_same_v<T, Broken>) {
                if (!ready_) {
                    return std::unexpected(Violation::hello_expected);
                }
            }
            if constexpr (requires { on(r, file); }) {
                return on(r, file);
            } else {
                return on(r);
            }
        },
        any);
    server_.ledger.spend(id_, now() - start);
    return outcome;
}

Guest::Outcome Guest::on(const Hello& r) {
    if (ready_) {
        return std::unexpected(Violation::hello_repeated);
    }
    if (r.min_version > version || r.max_version < version) {
        return std::unexpected(Violation::version_unsupported);
    }
    ready_ = true;
    epoch_ = now();
    const policy::Budgets& budgets = server_.ledger.budgets();
    const auto most = [](std::uint64_t value) {
        return static_cast<std::uint16_t>(std::min<std::uint64_t>(value, UINT16_MAX));
    };
    send(Welcome{.max_windows = most(budgets.windows_per_domain),
                 .max_popups = most(budgets.satellites_per_domain),
                 .max_depth = static_cast<std::uint8_t>(std::min(budgets.depth, 255U)),
                 .max_layers = 1,
                 .max_pages = static_cast<std::uint32_t>(
                     std::min<std::uint64_t>(budgets.pages_per_domain, UINT32_MAX))});
    send_output();
    log_info("domain " + name() + ": connected");
    if (auto* listener = server_.guest_listener) {
        listener->guest_arrived(*this);
    }
    return Taken::done;
}

// One nominal output: how many there are, and where, is not a guest's business. It is the one with
// the most pixels, since its size bounds what a window may get.
void Guest::send_output() {
    const Output* greatest = nullptr;
    policy::Size size;
    for (const Output* output : server_.outputs->all()) {
        const auto& area = output->area();
        const auto box = policy::fullscreen(frame_insets(theming::FrameKind::window), area);
        const policy::Size pixels = area.scale.to_physical(box.size());
        if (!greatest || pixels.width * pixels.height > size.width * size.height) {
            greatest = output;
            size = pixels;
        }
    }
    if (!ready_ || !greatest) {
        return;
    }
    send(protocol::Output{.width = Extent::clamped(size.width),
                          .height = Extent::clamped(size.height),
                          .scale = protocol::Scale::clamped(greatest->area().scale.in_120ths()),
                          .refresh = static_cast<std::uint32_t>(greatest->refresh())});
}

void Guest::relabel() {
    for (const auto& [id, window] : windows_) {
        window->relabel(identity());
    }
}

void Guest::release(const std::vector<policy::BufferId>& buffers) {
    for (const auto id : buffers) {
        // One that the guest destroyed meanwhile needs no release.
        if (const auto found = buffer_names_.find(id); found != buffer_names_.end()) {
            send(Release{found->second});
        }
    }
}

bool Guest::may_take_record() {
    return server_.ledger.take_record(id_);
}

void Guest::dispatch_ended(policy::Time took) {
    auto& longest = server_.statistics.longest_dispatch_ns;
    longest = std::max(longest, static_cast<std::uint64_t>(took.count()));
}

void Guest::link_rests() {
    server_.domains->wake_at_refresh();
}

void Guest::record_sent() {
    ++server_.statistics.records_out;
}

void Guest::responding_changed(bool responding) {
    if (ended_) {
        return;
    }
    if (!responding) {
        guest_warning(name(), "does not respond");
    }
    for (const auto& [id, window] : windows_) {
        window->responding_changed(responding);
    }
    if (auto* listener = server_.guest_listener) {
        responding ? listener->guest_resumed(*this) : listener->guest_lost(id_);
    }
    if (!responding) {
        server_.desktop->domain_lost(id_, false);
    }
}

void Guest::link_lost(std::optional<Violation> violation, std::string reason) {
    broke_ = broke_ ? broke_ : violation;
    if (violation) {
        ++server_.statistics.links_closed;
        guest_warning(name(), "connection closed: " + std::string(name_of(*violation)) +
                                  (reason.empty() ? "" : " (" + reason + ")"));
    } else if (ready_) {
        log_info("domain " + name() + ": " + reason);
    }
    tear_down();
}

void Guest::end_soon() {
    end_timer_.set(now());
}

void Guest::end(std::optional<Violation> reason) {
    link_.close(reason);
    if (reason) {
        broke_ = reason;
    }
    tear_down();
}

// Windows go at once, and with them all that input held for them; pages are unmapped in slices,
// and only then the domain may connect again: its welcome promises that nothing is mapped.
void Guest::tear_down() {
    if (!std::exchange(ended_, true) && ready_) {
        if (auto* listener = server_.guest_listener) {
            listener->guest_lost(id_);
        }
        server_.desktop->domain_lost(id_, true);
    }
    while (!windows_.empty()) {
        close_window(*windows_.rbegin()->second);  // children have greater ids than their parents
    }
    buffers_.clear();
    buffer_names_.clear();
    for (const auto& [id, pool] : pools_) {
        start_unmapping(id);
    }
    if (server_.domains) {  // not while the server itself ends
        server_.domains->guest_ended();
    }
}

}  // namespace leadlight::compositor
