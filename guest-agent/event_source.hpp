// SPDX-License-Identifier: MIT
// A timer, watched descriptor, signal or idle call of the event loop, taken off it when it goes.
#pragma once

#include <wayland-server-core.h>

#include <memory>

namespace leadlight::agent {

struct RemoveSource {
    void operator()(wl_event_source* source) const { wl_event_source_remove(source); }
};
/// An idle call is off the loop when it comes: it releases its own then.
using EventSource = std::unique_ptr<wl_event_source, RemoveSource>;

}  // namespace leadlight::agent
