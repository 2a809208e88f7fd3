// SPDX-License-Identifier: MIT
// Which look the pointer has where, but in a drag: over content what its program wants, until the
// pointer leaves that domain; over frames and everything else of ours the compositor's own.
#pragma once

#include "compositor/input/cursor.hpp"
#include "compositor/policy/types.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

#include <map>
#include <memory>
#include <variant>

namespace leadlight::compositor {

struct Hit;

class PointerLook {
  public:
    explicit PointerLook(Cursor& cursor) : cursor_(cursor) {}

    // A guest's wishes; however many come in a refresh, the last one is looked into.
    void wish(policy::DomainId guest, protocol::CursorShape shape);
    void wish(policy::DomainId guest, const protocol::CursorFile& request, grants::Descriptor file);
    /// Before a frame is drawn. True: there was a new wish, so show() is due.
    [[nodiscard]] bool read_wishes();

    // What an admin program has set for its own surfaces; its caller knows that the pointer is on
    // one.
    void set_admin_shape(const char* shape);
    void set_admin_surface(wlr_surface* surface, int hotspot_x, int hotspot_y);

    /// The pointer left it, or it is gone. Who comes back is asked anew, and starts with the plain
    /// shape.
    void forget(policy::DomainId domain);

    /// `whose`: the domain that hears of the pointer, or none; `entered`: the window that it is in,
    /// of a guest, or null; `held`: a button is down, so a frame's edges are no handles.
    void show(const Hit& hit, policy::DomainId whose, Window* entered, bool held);

  private:
    /// A picture that was not looked into yet: another one may come before the next frame.
    struct Waiting {
        protocol::CursorFile request;
        grants::Descriptor file;
    };
    using Wish = std::variant<protocol::CursorShape, Waiting, std::shared_ptr<const CursorPicture>>;
    static Wish read(const Waiting& waiting);
    /// False: there is nothing to be seen of it here.
    bool show_wish(const Wish& wish, bool over_its_own, Window* entered);

    Cursor& cursor_;
    std::map<policy::DomainId, Wish> wishes_;
    bool changed_ = false;  // since the last frame
    bool admin_set_ = false;
};

}  // namespace leadlight::compositor
