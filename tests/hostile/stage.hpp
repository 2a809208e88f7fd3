// SPDX-License-Identifier: MIT
// The desk with its bystanders, and hostile domains that come onto it: each in a live connection
// with windows, and each for one breach, since who broke the protocol is called again only later.
#pragma once

#include "tests/hostile/bystanders.hpp"
#include "tests/hostile/samples.hpp"

#include <functional>
#include <memory>

namespace leadlight::hostile {

class Stage {
  public:
    /// With another program in place of leadlight-warden, if any.
    explicit Stage(const std::string& warden = {});

    fixture::Desk desk;
    Control control;
    Idler idler;
    Animator animator;
    /// Of the animation, while nobody is hostile yet.
    double frames_per_second = 0;

    /// Nobody but the hostile domain noticed. `alone`: no hostile window is there now, so that the
    /// picture counts, too. Throws.
    void check_bystanders(bool alone);
    /// The pointer goes where no window is.
    void pointer_away();
    std::string new_name() { return "hostile" + std::to_string(++domains_); }

  private:
    int domains_ = 0;
};

/// The compositor ended its connection for that, as it says in its log: who only writes may not
/// hear it.
bool closed_for(const Stage& stage, const std::string& domain, lp::Violation reason);

/// A domain of its own on the stage, until it is destroyed.
class Hostile {
    Stage& stage_;
    std::string name_;

  public:
    /// Listens, and is added to the desktop: its warden is started.
    explicit Hostile(Stage& stage);
    ~Hostile();
    Hostile(Hostile&&) = delete;

    /// Hello, windows and the rest of `things`.
    void enters();
    /// The pointer comes over its toplevel: an input event that a request may name.
    void gets_pointer();
    /// Still connected, and answering: whatever was sent before has been taken.
    void is_answered();
    /// Bytes of one message, and the end they must bring.
    template <lp::MessageOf<lp::FromAgent> T>
    static std::vector<std::byte> bytes_of(const T& message) {
        std::vector<std::byte> bytes;
        lp::encode<lp::FromAgent>(message, bytes);
        return bytes;
    }

    fixture::Guest guest;
    Things things;
    const std::string& name() const { return name_; }
    Stage& stage() const { return stage_; }

  private:
    fixture::GuestWindow window_;
    fixture::GuestBuffer spare_, emptied_;
};

/// What one domain does wrong, and the reason it must be given.
struct Breach {
    std::string what;
    std::function<void(Hostile&)> does;
    lp::Violation reason;
    /// Of the message at fault, if `bye` must name it.
    std::optional<std::uint16_t> opcode;
    bool needs_pointer = false;
    bool before_hello = false;
};

/// Lets each breach happen on a domain of its own, while the next ones connect, and checks after
/// each that only that one was cut off, for that reason.
void commit_breaches(Stage& stage, const char* chapter, const std::vector<Breach>& breaches);

}  // namespace leadlight::hostile
