// SPDX-License-Identifier: MIT
// Which window is above which. A toplevel and everything that belongs to it (dialogs, popups,
// unmanaged windows, and theirs) are a family, raised together and always contiguous: a domain's
// menu is never found above another domain's window without its own below it.
#pragma once

#include "compositor/policy/types.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace leadlight::policy {

class Stacking {
  public:
    static constexpr std::size_t max_depth = 8;
    /// Where a family stands among the others, by which it comes back there: the higher number is
    /// above. Other families' do not change when one goes, comes, or is raised.
    using Height = std::uint64_t;

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
    /// A window without a parent, and its family: to where that height is.
    void put_at(WindowId window, Height height);
    /// Whatever is added or raised from now on is above that.
    void keep_below(Height height) { top_ = std::max(top_, height); }

    /// Of its family; 0 for no window.
    Height height_of(WindowId window) const;
    /// From the bottom up.
    std::vector<WindowId> order() const;
    /// The toplevel at the root of the window's family.
    WindowId root_of(WindowId window) const;
    WindowId parent_of(WindowId window) const;
    /// The window and all that belong to it, from the bottom up.
    std::vector<WindowId> branch(WindowId window) const;
    std::size_t size() const { return nodes_.size(); }

  private:
    struct Node {
        DomainId domain;
        WindowId parent;
        std::vector<WindowId> children;  // from the bottom up
        Height height = 0;               // without a parent
    };
    std::vector<WindowId>& siblings(WindowId parent);
    /// For one that is put in before that root.
    Height height_before(std::vector<WindowId>::iterator root);
    void renumber();
    std::size_t depth_of(WindowId window) const;
    std::size_t generations_below(WindowId window) const;
    void append_branch(WindowId window, std::vector<WindowId>& out) const;

    std::map<WindowId, Node> nodes_;
    std::vector<WindowId> roots_;  // from the bottom up, so by their heights
    Height top_ = 0;
};

}  // namespace leadlight::policy
