// SPDX-License-Identifier: MIT
// Which window is above which. A toplevel and everything that belongs to it (dialogs, popups,
// unmanaged windows, and theirs) are a family, raised together and always contiguous: a domain's
// menu is never found above another domain's window without its own below it.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace leadlight::policy {

class Stacking {
  public:
    static constexpr std::size_t max_depth = 8;

    /// On top of all.
    void add(DomainId domain, WindowId window);
    /// Directly below the family of `other`.
    void add_below(DomainId domain, WindowId window, WindowId other);
    /// On top of its parent's family. False if the parent is unknown, of another domain, or too
    /// deep.
    [[nodiscard]] bool add_child(DomainId domain, WindowId window, WindowId parent);
    /// The window joins the parent's family with its own, or (no parent) leaves it for the top of
    /// its own. The family stays where it is, or (not may_rise) at the lower of the two places, so
    /// that nothing comes above what it was below. False, and nothing changes, for another
    /// domain's, a circle, or too deep a family.
    [[nodiscard]] bool set_parent(WindowId window, WindowId parent, bool may_rise);
    /// Its children become its parent's, or families of their own, in its place.
    void remove(WindowId window);

    /// To the top with its whole family, and within that its own branch to the top.
    void raise(WindowId window);

    /// From the bottom up.
    std::vector<WindowId> order() const;
    /// The toplevel at the root of the window's family.
    WindowId root_of(WindowId window) const;
    WindowId parent_of(WindowId window) const;
    /// The window and all that belong to it, from the bottom up.
    std::vector<WindowId> branch(WindowId window) const;
    bool contains(WindowId window) const { return nodes_.contains(window); }
    std::size_t size() const { return nodes_.size(); }

  private:
    struct Node {
        DomainId domain;
        WindowId parent;
        std::vector<WindowId> children;  // from the bottom up
    };
    std::vector<WindowId>& siblings(WindowId parent);
    std::size_t depth_of(WindowId window) const;
    std::size_t height_of(WindowId window) const;
    void append_branch(WindowId window, std::vector<WindowId>& out) const;

    std::map<WindowId, Node> nodes_;
    std::vector<WindowId> roots_;  // from the bottom up
};

}  // namespace leadlight::policy
