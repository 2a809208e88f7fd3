// SPDX-License-Identifier: MIT
// Which window has the focus: rule 5. It moves by the person's click or key, or by a credit that
// starting a program gave. Nothing a guest does moves it out of another domain or into its own.
#pragma once

#include "compositor/policy/credits.hpp"
#include "compositor/policy/types.hpp"

#include <functional>
#include <vector>

namespace leadlight::policy {

/// How a new toplevel, or one that asks to be activated, appears.
enum class Appearance : std::uint8_t {
    focused_on_top,
    below_focused_wanting_attention,  // on top if nothing is focused, but without the focus
};

class Focus {
  public:
    WindowId window() const { return focused_.window; }
    DomainId domain() const { return focused_.domain; }

    /// The person's click, key or choice in the switcher.
    void person_chose(DomainId domain, WindowId window);
    /// Any other press of key or button. (person_chose includes it.)
    void person_acted() { credits_.clear(); }
    /// The person started a program in a domain, after person_acted() of the press that did it.
    void program_started(DomainId domain, Time now) { credits_.grant(domain, now); }

    /// A toplevel is shown for the first time.
    [[nodiscard]] Appearance window_shown(DomainId domain, WindowId window, Time now);
    /// One is shown that was there before its connection, or the compositor, ended: nobody just
    /// asked for it, so it takes the keys from no other, not of its own domain either.
    void window_returned(DomainId domain, WindowId window);
    /// A guest asks that its window be activated; `vouched` by its SerialLedger.
    [[nodiscard]] Appearance activation_asked(DomainId domain, WindowId window, bool vouched);
    /// Focus stays in the domain, with the window that had it last of those that are `seen`, or
    /// goes to nobody: else closing a window would send what is being typed to whichever domain
    /// lies below, or to what lies under that. A domain's last window leaves it a credit: the
    /// splash screen makes way for the main window, and meanwhile keys go nowhere.
    void window_gone(WindowId window, const std::function<bool(WindowId)>& seen, Time now);
    /// The same of one that the person put away, after which nothing is expected.
    void window_put_away(WindowId window, const std::function<bool(WindowId)>& seen);
    void domain_gone(DomainId domain);

  private:
    struct Held {
        DomainId domain;
        WindowId window;
    };
    void give(DomainId domain, WindowId window);
    /// The domain that has lost the focus with it, if one has.
    DomainId take_from(WindowId window, const std::function<bool(WindowId)>& seen);

    Held focused_;
    std::vector<Held> history_;  // windows shown, the latest focused last
    Credits credits_;
};

}  // namespace leadlight::policy
