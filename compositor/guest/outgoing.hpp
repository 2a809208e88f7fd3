// SPDX-License-Identifier: MIT
// How each kind of record to a warden waits when the warden does not read: latest-only, merged or
// one by one. Pure.
#pragma once

#include "compositor/policy/outgoing_queue.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

namespace leadlight::compositor {

struct Outgoing {
    protocol::ToWarden::Any record;
    grants::Descriptor file;  // with a keymap_file
};

/// Relative motion adds up; of all else that is joined the newer one holds.
struct JoinOutgoing {
    void operator()(Outgoing& queued, Outgoing&& newer) const;
};

using OutgoingRecords = policy::OutgoingQueue<Outgoing, JoinOutgoing>;

policy::QueueClass queue_class(const protocol::ToWarden::Any& record);

/// The window is gone, and with it what waited to be said of its state.
void forget_window(OutgoingRecords& queue, protocol::WindowId window);

}  // namespace leadlight::compositor
