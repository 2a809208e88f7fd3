// SPDX-License-Identifier: MIT
// One connection of a domain: its link to the warden, its pools, buffers and windows. It ends with
// the connection; the domain (domain.hpp) stays and makes a new one.
#pragma once

#include "compositor/link.hpp"
#include "compositor/policy/serial_ledger.hpp"
#include "compositor/policy/types.hpp"
#include "protocol/records.hpp"
#include "theming/label.hpp"

namespace leadlight::compositor {

class Domain;
class Window;

class Guest {
  public:
    policy::DomainId id() const { return id_; }
    const std::string& name() const;
    const theming::Identity& identity() const;
    /// Hello came and welcome went.
    bool ready() const { return ready_; }
    bool responding() const { return link_.responding(); }

    /// Never blocks; what a guest does not read in time is merged, dropped or ends its link,
    /// by the kind of record (architecture, "Records").
    template <class Record>
    void send(const Record& record) {
        link_.send(record);
    }
    /// As above, with a sealed memfd; duplicated, so the caller keeps its own.
    void send_with_file(const protocol::KeymapFile& record, int file);

    /// The serial of the next input event sent to it.
    protocol::Serial next_serial(policy::Time now) { return serials_.issue(now).value; }
    const policy::SerialLedger& serials() const { return serials_; }
    /// Its own epoch: domains cannot compare clocks.
    protocol::Time wire_time(policy::Time time) const;
    /// The number of one of its windows on the wire; of a window that is this guest's.
    static protocol::WindowId wire_id(const Window& window);

  private:
    policy::DomainId id_;
    bool ready_ = false;
    policy::SerialLedger serials_;
    Link link_;
};

}  // namespace leadlight::compositor
