// SPDX-License-Identifier: MIT
// A connection as its warden knows it: what exists, what it is made of and what was sent. Decides
// for each message of the guest whether it fits, so that what goes on to the compositor is in order
// already. Pure: no descriptor, no clock.
//
// This is the first of two checks. The compositor, which trusts no warden, asks itself again for
// all that protects it (rules 3 and 7).
#pragma once

#include "compositor/warden/sent_serials.hpp"
#include "protocol/records.hpp"

#include <expected>
#include <map>
#include <optional>

namespace leadlight::warden {

enum class Verdict {
    pass,
    drop,  // it names an id that was refused: it may have been under way already
};

class GuestState {
  public:
    using Answer = std::expected<Verdict, protocol::Fault>;

    /// A protection of the warden's own memory, far above the compositor's budgets: so many ids of
    /// a kind may live.
    static constexpr std::size_t max_alive = 4096;

    /// Pools are of this kind on this connection's backend.
    explicit GuestState(protocol::PoolKind pools) : pool_kind_(pools) {}

    /// The next message of the guest. After a Fault the connection is over.
    [[nodiscard]] Answer accept(const protocol::FromAgent::Any& message);
    /// The next record of the compositor, before the guest can have read of it.
    void sent(const protocol::ToWarden::Any& record);

    bool greeted() const { return greeted_; }
    /// True for a window that exists and was not refused.
    bool shows(protocol::WindowId window) const;

  private:
    /// What an id names. `refused`: the compositor said no, and waits for the destroy that
    /// acknowledges it. `phantom`: made from something refused, so that the compositor never heard
    /// of it, nor will of its end.
    enum class Being { real, refused, phantom };
    enum class Role { toplevel, popup, unmanaged };

    struct Pool {
        Being being = Being::real;
        std::uint32_t pages = 0;
        std::uint32_t referenced = 0;
        bool ready = false;
        std::uint32_t buffers = 0;
    };
    struct Buffer {
        Being being = Being::real;
        protocol::PoolId pool;
        int width = 0, height = 0;
    };
    struct Window {
        Being being = Being::real;
        Role role = Role::toplevel;
        /// What a popup or unmanaged window lies on; a toplevel's window_parent.
        std::optional<protocol::WindowId> parent;
        std::uint32_t children = 0;  // popups and unmanaged windows on it
        bool in_flight = false;
        SentSerials configures;
    };
    template <class Id, class Thing>
    struct Table {
        std::map<Id, Thing> alive;
        std::uint64_t last = 0;
    };

    // One a message, in guest_state.cpp, or as named in the file of its kind.
    Answer on(const protocol::Hello&);
    Answer on(const protocol::PoolCreate&);
    Answer on(const protocol::PoolReferences&);
    Answer on(const protocol::PoolDestroy&);
    Answer on(const protocol::BufferCreate&);
    Answer on(const protocol::BufferDestroy&);
    Answer on(const protocol::ToplevelCreate&);
    Answer on(const protocol::PopupCreate&);
    Answer on(const protocol::UnmanagedCreate&);
    Answer on(const protocol::UnmanagedPlace&);
    Answer on(const protocol::WindowParent&);
    Answer on(const protocol::WindowDestroy&);
    Answer on(const protocol::Commit&);
    Answer on(const protocol::PopupReposition&);
    Answer on(const protocol::Title&);
    Answer on(const protocol::AppId&);
    Answer on(const protocol::SizeLimits&);
    Answer on(const protocol::WindowKind&);
    Answer on(const protocol::MoveRequest&);
    Answer on(const protocol::ResizeRequest&);
    Answer on(const protocol::StateRequest&);
    Answer on(const protocol::Activate&);
    Answer on(const protocol::Constraint&);
    Answer on(const protocol::CursorShapeSet&);
    Answer on(const protocol::CursorImage&);
    Answer on(const protocol::DragBegin&);
    Answer on(const protocol::DragEnd&);
    Answer on(const protocol::IdleInhibit&);
    Answer on(const protocol::Pong&);

    template <class M>
    Answer about(const M& message, std::optional<Role> role);
    template <class M>
    Answer create_on(const M& message, Role role, protocol::WindowId parent,
                     std::string_view parent_field);
    template <class M>
    std::optional<protocol::Fault> check_serial(const M& message, bool may_be_none) const;
    std::optional<protocol::Fault> check_layer(const protocol::Layer& layer) const;
    bool descends(protocol::WindowId window, protocol::WindowId from) const;

    protocol::PoolKind pool_kind_;
    bool greeted_ = false;
    std::uint8_t max_layers_ = 1;
    Table<protocol::PoolId, Pool> pools_;
    Table<protocol::BufferId, Buffer> buffers_;
    Table<protocol::WindowId, Window> windows_;
    SentSerials inputs_, pings_;
};

}  // namespace leadlight::warden
