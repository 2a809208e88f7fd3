// SPDX-License-Identifier: MIT
// The socket that leadlightctl speaks to: in a directory that only this user may enter, and again
// only for processes of this user. See desk.hpp for what it can do.
#pragma once

#include "compositor/control/desk.hpp"

#include <expected>
#include <memory>
#include <string>

struct wl_event_loop;

namespace leadlight::compositor {

class ControlSocket {
  public:
    /// Listens at `path` until it is destroyed, then removes it. A socket that was left there by a
    /// compositor that died is replaced; one that answers is an error. `desk` is borrowed.
    [[nodiscard]] static std::expected<ControlSocket, std::string>
    listen(wl_event_loop* loop, const std::string& path, ControlDesk& desk);

    ControlSocket(ControlSocket&&) noexcept;
    ControlSocket& operator=(ControlSocket&&) noexcept;
    ~ControlSocket();

  private:
    struct State;
    explicit ControlSocket(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace leadlight::compositor
