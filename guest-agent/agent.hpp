// SPDX-License-Identifier: MIT
// The program: the Wayland compositor of one guest, joined to the admin domain. Owns all parts and
// gives them to each other; messages of the admin domain arrive in agent_messages.cpp.
#pragma once

#include "guest-agent/connection.hpp"
#include "guest-agent/event_source.hpp"
#include "guest-agent/output.hpp"
#include "guest-agent/pools.hpp"
#include "guest-agent/seat.hpp"
#include "guest-agent/serial_map.hpp"
#include "guest-agent/shell.hpp"
#include "guest-agent/surfaces.hpp"
#include "guest-agent/windows.hpp"
#include "guest-agent/xwayland.hpp"

#include <memory>
#include <string>

namespace leadlight::agent {

/// What the benchmark and the tests look at. Always: copied = damaged + caught up.
struct Counters {
    std::uint64_t commits = 0;
    /// What changed from one commit to the next.
    std::uint64_t bytes_damaged = 0;
    /// What changed while the other buffer was drawn and did not change again: all of it for a new
    /// buffer, nothing when frames damage the same place.
    std::uint64_t bytes_caught_up = 0;
    std::uint64_t bytes_copied = 0;
};

struct DisplayDestroy {
    void operator()(wl_display* display) const {
        wl_display_destroy_clients(display);
        wl_display_destroy(display);
    }
};
using Display = std::unique_ptr<wl_display, DisplayDestroy>;

class Agent {
  public:
    Agent(wl_display* display, std::unique_ptr<grants::Server> server,
          std::unique_ptr<grants::PageGranter> granter, bool with_xwayland);
    ~Agent();

    /// Opens the Wayland socket and waits for the admin domain. Gives the socket's name, or an
    /// empty string.
    std::string start();

    wl_display* display() const { return display_; }
    Connection& connection() { return connection_; }
    Pools& pools() { return pools_; }
    NextIds& ids() { return ids_; }
    Surfaces& surfaces() { return surfaces_; }
    Windows& windows() { return windows_; }
    NominalOutput& output() { return output_; }
    Seat& seat() { return seat_; }
    SerialMap& serials() { return serials_; }
    Counters& counters() { return counters_; }
    const protocol::Welcome& limits() const { return limits_; }
    /// For DISPLAY; empty without X11.
    std::string x_display() const { return xwayland_ ? xwayland_->display_name() : ""; }
    xcb_connection_t* x_connection() const { return xwayland_ ? xwayland_->connection() : nullptr; }
    protocol::WindowType x_window_type(const wlr_xwayland_surface& surface) const {
        return xwayland_ ? xwayland_->type_of(surface) : protocol::WindowType::normal;
    }

    /// The admin domain answered `hello`: windows may be announced.
    bool welcomed() const { return welcomed_; }
    /// Milliseconds of this domain's clock for a time of the connection.
    std::uint32_t local_time(protocol::Time time) const;
    std::uint64_t local_microseconds(protocol::Time time) const { return epoch_ + time; }

    /// Runs what sends input to programs, and notes which serials came of it.
    template <class Send>
    void for_serial(protocol::Serial admin, SerialMap::Cause cause, Send&& send) {
        const auto before = wl_display_get_serial(display_);
        send();
        serials_.note(before, wl_display_get_serial(display_), admin, cause);
    }

  private:
    void opened();
    void message(const protocol::ToAgent::Any& message);
    void closed();
    void present_all();
    void settle();
    void ask_again_after(std::chrono::milliseconds pause);
    bool may_see(const wl_client* client, const wl_global* global) const;

    void on(const protocol::Welcome& message);
    void on(const protocol::Refused& message);
    void on(const protocol::Bye&) {}
    void on(const protocol::Keymap& message);
    void on(const protocol::Repeat& message);
    void on(const protocol::Output& message);
    void on(const protocol::Configure& message);
    void on(const protocol::Frame& message);
    void on(const protocol::Release& message);
    void on(const protocol::Presented& message);
    void on(const protocol::Hidden& message);
    void on(const protocol::PoolReady& message);
    void on(const protocol::PoolUnmapped& message);
    void on(const protocol::Close& message);
    void on(const protocol::Kill& message);
    void on(const protocol::Ping& message);
    void on(const protocol::PopupDone& message);
    /// All input.
    template <class Input>
    void on(const Input& message) {
        seat_.on(message);
    }

    wl_display* display_;
    std::unique_ptr<grants::PageGranter> granter_;
    NextIds ids_;
    Counters counters_;
    SerialMap serials_;
    protocol::Welcome limits_;
    bool welcomed_ = false;
    /// Nothing that a former agent granted is in the way any more.
    bool settled_ = false;
    EventSource settling_;
    /// Runs out once after pages were refused, and is not set while none are.
    EventSource asking_again_;
    std::uint64_t epoch_ = 0;
    Connection connection_;
    Pools pools_;
    NominalOutput output_;
    wlr_compositor* compositor_;
    Surfaces surfaces_;
    Windows windows_;
    Seat seat_;
    Shell shell_;
    std::unique_ptr<Xwayland> xwayland_;
};

}  // namespace leadlight::agent
