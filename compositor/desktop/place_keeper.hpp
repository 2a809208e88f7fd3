// SPDX-License-Identifier: MIT
// The file of windows' places: written whenever something on the desktop changed, read once at the
// start, so that windows come back where they were after the compositor, or a warden, was killed
// (rule 8).
#pragma once

#include "compositor/event_source.hpp"
#include "compositor/policy/waiting_places.hpp"

#include <string>

namespace leadlight::compositor {

class GuestWindow;
class Server;

class PlaceKeeper {
  public:
    /// Reads the file; one that is not right is left out, with a warning.
    PlaceKeeper(Server& server, std::string path);

    /// A new toplevel: back to its old place if `token` names one. It keeps that token, or gets
    /// one.
    void restore_or_name(GuestWindow& window, const policy::Token& token);
    /// Its guest destroyed it.
    void forget(const GuestWindow& window);
    /// Its connection ended without destroying it: it may come back.
    void keep(const GuestWindow& window);
    /// Something moved: the file is written soon, however often this is called.
    void changed();
    void save();

  private:
    /// By another window of that domain.
    bool is_taken(const GuestWindow& window, const policy::Token& token) const;

    Server& server_;
    const std::string path_;
    policy::WaitingPlaces waiting_;
    std::string written_;
    Timer timer_;
    bool dirty_ = false;
};

}  // namespace leadlight::compositor
