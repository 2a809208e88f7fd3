// SPDX-License-Identifier: MIT
// The wardens that run, each under a user and in a cgroup of its own: so that one that was taken
// over can neither signal nor trace nor starve another, nor anything else of the machine.
#pragma once

#include "compositor/broker/control_group.hpp"
#include "protocol/broker_records.hpp"
#include "shm-grants/descriptor.hpp"

#include <string>
#include <vector>

#include <sys/types.h>

namespace leadlight::broker {

struct WardenSettings {
    std::string program;
    /// A domain's warden runs as this and the domain's id added: numbers that nobody else has and
    /// no user database knows.
    uid_t first_user = 0;
    /// Where a warden, while it is root, keeps what it learnt of the fonts, so that the next one
    /// need not read them all. Empty for nowhere.
    std::string cache;
    WardenLimits limits;
};

class Wardens {
  public:
    Wardens(WardenSettings settings, ControlGroups groups)
        : settings_(std::move(settings)), groups_(std::move(groups)) {}
    ~Wardens();
    Wardens(const Wardens&) = delete;
    Wardens& operator=(const Wardens&) = delete;

    using Ended = std::vector<protocol::WardenEnded>;

    /// Says how it ended if it did not even start. `records` is the warden's end of the socket.
    [[nodiscard]] Ended start(const protocol::WardenStart& request, grants::Descriptor records);
    void stop(protocol::WardenNumber number);
    /// Those of a domain that is gone: its rings are pages that only they hold.
    void stop(const protocol::DomainKey& key);
    /// Those of a compositor that is gone. Their ends are told to nobody.
    void disown_all();

    /// After SIGCHLD: the ends of those that are not disowned.
    [[nodiscard]] Ended reap();

  private:
    struct Warden {
        pid_t pid;
        protocol::WardenNumber number;
        protocol::DomainKey key;
        ControlGroup group;
        bool disowned = false;
    };

    WardenSettings settings_;
    ControlGroups groups_;
    std::vector<Warden> running_;
    std::uint64_t groups_made_ = 0;
};

}  // namespace leadlight::broker
