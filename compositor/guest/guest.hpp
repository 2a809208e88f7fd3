// SPDX-License-Identifier: MIT
// One connection of a domain: its link to the warden, its pools, buffers and windows. It ends with
// the connection; the domain (domain.hpp) stays and makes a new one.
#pragma once

#include "compositor/guest/guest_state.hpp"
#include "compositor/guest/link.hpp"
#include "compositor/guest/pool_source.hpp"
#include "compositor/policy/serial_ledger.hpp"
#include "compositor/policy/types.hpp"
#include "compositor/scene/pool.hpp"
#include "protocol/records.hpp"
#include "theming/label.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace leadlight::compositor {

class Domain;
class GuestWindow;
class Server;
class Window;

class Guest final : private LinkOwner {
  public:
    Guest(Server& server, Domain& domain, policy::DomainId id, grants::Descriptor records);
    ~Guest() override;
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

    policy::DomainId id() const { return id_; }
    const std::string& name() const;
    const theming::Identity& identity() const;
    Domain& domain() const { return domain_; }
    Server& server() const { return server_; }
    /// Hello came and welcome went.
    bool ready() const { return ready_; }
    bool responding() const { return link_.responding(); }
    /// Its domain is paused, or goes on.
    void freeze(bool frozen) { link_.freeze(frozen); }

    /// Never blocks; what a guest does not read in time is merged, dropped or ends its link,
    /// by the kind of record (outgoing.hpp).
    template <class Record>
    void send(const Record& record) {
        link_.send(protocol::ToWarden::Any(record));
    }
    /// As above, with a sealed memfd; duplicated, so the caller keeps its own.
    void send_with_file(const protocol::KeymapFile& record, int file);

    /// The serial of the next input event sent to it, which is the person's: a key, button, or
    /// touch.
    protocol::Serial next_serial(policy::Time now) { return serials_.issue(now).value; }
    /// Of one that may follow from what the guest did with its windows.
    protocol::Serial next_unvouched_serial() { return serials_.issue_unvouched().value; }
    /// A request that names an input event: recent, and from the focused domain (rule 5).
    bool vouched(protocol::Serial serial) const;
    /// Its own epoch: domains cannot compare clocks.
    protocol::Time wire_time(policy::Time time) const;
    /// The number of one of its windows on the wire; of a window that is this guest's.
    static protocol::WindowId wire_id(const Window& window);

    // For its windows.
    GuestState& state() { return state_; }
    void release(const std::vector<policy::BufferId>& buffers);
    /// The buffer of a checked commit, its pool and our own number of it.
    struct Buffer {
        policy::BufferId id;
        Pool* pool = nullptr;
        std::unique_ptr<GuestBuffer> view;
    };
    const Buffer& buffer(protocol::BufferId id) const { return buffers_.at(id); }

    /// The next refresh has come: a link that rested reads on.
    void resume() { link_.resume(); }
    /// The outputs changed: what a guest may know of them.
    void send_output();
    void relabel();
    /// Ends the connection from our side: windows go at once. `reason` null: politely.
    void end(std::optional<protocol::Violation> reason);
    /// The same, once whoever calls this is done with its windows.
    void end_soon();
    /// Over, and nothing of it is mapped any more: may be destroyed.
    bool drained() const { return ended_ && pools_.empty(); }
    bool ended() const { return ended_; }
    /// When hello came; zero if it has not.
    policy::Time welcomed_at() const { return epoch_; }
    std::optional<protocol::Violation> broke() const { return broke_; }

  private:
    using Outcome = std::expected<Taken, protocol::Violation>;

    /// Acts only if the window that a record names is there, and was not refused.
    template <class Act>
    static Outcome if_here(std::expected<Named, protocol::Violation> named, Act act) {
        if (!named) {
            return std::unexpected(named.error());
        }
        if (*named == Named::refused) {
            return Taken::done;
        }
        if constexpr (std::is_void_v<decltype(act())>) {
            act();
            return Taken::done;
        } else {
            return act();
        }
    }

    // LinkOwner
    Outcome record(protocol::FromWarden::Any& record, grants::Descriptor& file) override;
    bool may_take_record() override;
    void dispatch_ended(policy::Time took) override;
    void link_rests() override;
    void link_lost(std::optional<protocol::Violation> violation, std::string reason) override;
    void responding_changed(bool responding) override;
    void record_sent() override;

    // One for each kind of record; see guest.cpp, windows.cpp, requests.cpp and pools.cpp.
    Outcome on(const protocol::Hello& r);
    Outcome on(const protocol::PoolCreate& r, grants::Descriptor& file);
    Outcome on(const protocol::PoolReferences& r);
    Outcome on(const protocol::PoolDestroy& r);
    Outcome on(const protocol::BufferCreate& r);
    Outcome on(const protocol::BufferDestroy& r);
    Outcome on(const protocol::ToplevelCreate& r);
    Outcome on(const protocol::PopupCreate& r);
    Outcome on(const protocol::UnmanagedCreate& r);
    Outcome on(const protocol::UnmanagedPlace& r);
    Outcome on(const protocol::WindowParent& r);
    Outcome on(const protocol::WindowDestroy& r);
    Outcome on(const protocol::Commit& r);
    Outcome on(const protocol::PopupReposition& r);
    Outcome on(const protocol::TitleStrip& r, grants::Descriptor& file);
    Outcome on(const protocol::TitleText& r);
    Outcome on(const protocol::AppId& r);
    Outcome on(const protocol::SizeLimits& r);
    Outcome on(const protocol::WindowKind& r);
    Outcome on(const protocol::MoveRequest& r);
    Outcome on(const protocol::ResizeRequest& r);
    Outcome on(const protocol::StateRequest& r);
    Outcome on(const protocol::Activate& r);
    Outcome on(const protocol::Constraint& r);
    Outcome on(const protocol::CursorShapeSet& r);
    Outcome on(const protocol::CursorFile& r, grants::Descriptor& file);
    Outcome on(const protocol::DragBegin& r);
    Outcome on(const protocol::DragEnd& r);
    Outcome on(const protocol::IdleInhibit& r);
    Outcome on(const protocol::Pong& r);
    Outcome on(const protocol::Broken& r);

    GuestWindow* find(protocol::WindowId id) const;
    /// Checks and counts a new window. Null: refused, and the guest was told; or, if `later`, to be
    /// asked again at the next refresh.
    struct Opened {
        GuestWindow* window = nullptr;
        bool later = false;
    };
    [[nodiscard]] std::expected<Opened, protocol::Violation>
    open(protocol::WindowId id, WindowRole role, std::optional<protocol::WindowId> parent);
    void tell_refused(protocol::WindowId id, protocol::Refusal reason);

    [[nodiscard]] Outcome start_mapping(protocol::PoolId id, NewMapping mapping);
    void start_unmapping(protocol::PoolId id);
    void pool_unused(protocol::PoolId id);
    void pool_unmapped(protocol::PoolId id);
    /// A violation that was not found in a record.
    void end_by(protocol::Violation violation) {
        link_.close(violation);
        link_lost(violation, "");
    }
    void close_window(GuestWindow& window);
    void tear_down();

    Server& server_;
    Domain& domain_;
    const policy::DomainId id_;
    Link link_;
    Timer end_timer_;
    policy::SerialLedger serials_;
    GuestState state_;
    std::map<protocol::PoolId, std::unique_ptr<Pool>> pools_;
    static constexpr std::size_t most_mapping = 16;
    std::set<protocol::PoolId> mapping_;    // a job maps it
    std::set<protocol::PoolId> unmapping_;  // a job unmaps it
    std::map<protocol::BufferId, Buffer> buffers_;
    std::map<policy::BufferId, protocol::BufferId> buffer_names_;
    std::map<protocol::WindowId, std::unique_ptr<GuestWindow>> windows_;
    std::optional<protocol::Violation> broke_;
    policy::Time epoch_{};
    bool ready_ = false;
    bool ended_ = false;
};

}  // namespace leadlight::compositor
