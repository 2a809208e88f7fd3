// SPDX-License-Identifier: MIT
// The two domains that must notice nothing of a third's breaches: one animates as fast as it gets
// `frame`, the other keeps still.
#pragma once

#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"
#include "tests/hostile/control.hpp"

#include <atomic>
#include <mutex>
#include <thread>

namespace leadlight::hostile {

namespace lp = leadlight::protocol;

/// Draws a new picture at each `frame`, in a thread of its own, until it goes.
class Animator {
  public:
    static constexpr const char* domain = "lively";

    explicit Animator(const std::string& socket);
    ~Animator();

    /// Commits that were answered.
    std::uint64_t frames() const { return frames_; }
    /// Waits for the next one; throws when it was cut off or waits in vain.
    void goes_on();

  private:
    void animate();

    std::atomic<std::uint64_t> frames_ = 0;
    std::atomic<bool> ends_ = false;
    std::mutex mutex_;
    std::string failure_;
    fixture::Guest guest_;
    std::thread thread_;
};

/// Shows one picture and then waits.
class Idler {
  public:
    static constexpr const char* domain = "still";

    Idler(fixture::Desk& desk, Control& control);

    /// It heard nothing, its window is listed as before and, if `shown`, every pixel of window and
    /// frame is the same. Throws.
    void is_as_before(bool shown);
    /// Something that the person did concerned it: from here on.
    void looks_anew();
    /// The id of its own thing of the kind that this reason is about.
    std::uint64_t id_of(lp::Violation unknown) const;
    /// Of an event that it was sent: the pointer left it, after a click. Later than the few that a
    /// hostile domain is sent, whose serials are counted for themselves.
    lp::Serial last_serial() const { return last_serial_; }

  private:
    fixture::Desk& desk_;
    Control& control_;
    fixture::Guest guest_;
    fixture::GuestWindow window_;
    nlohmann::json listed_;
    std::optional<fixture::Picture> picture_;
    lp::Serial last_serial_ = 0;
};

}  // namespace leadlight::hostile
