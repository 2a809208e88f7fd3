// SPDX-License-Identifier: MIT
// All windows of the domain, in the order of their creation: that is also the order in which they
// are announced to a new connection, parents before children.
#pragma once

#include "guest-agent/window.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

namespace leadlight::agent {

class Windows {
  public:
    void add(Window& window) { all_.push_back(&window); }
    void remove(Window& window);
    void announced(Window& window);

    /// Takes the window over; `discard` ends it.
    template <class Kind>
    Kind& own(std::unique_ptr<Kind> window) {
        Kind& kept = *window;
        owned_.emplace(&kept, std::move(window));
        return kept;
    }
    void discard(Window& window);

    /// Null for an id that is gone: its message was under way.
    Window* find(protocol::WindowId id) const;
    Window* find(std::optional<protocol::WindowId> id) const { return id ? find(*id) : nullptr; }
    /// There may be room for one that was refused.
    void try_one_more();
    std::vector<Window*> children_of(const Window& parent) const;
    /// A copy: what is called for each may end windows.
    std::vector<Window*> all() const { return all_; }

  private:
    std::vector<Window*> all_;
    std::unordered_map<std::uint64_t, Window*> by_id_;
    std::unordered_map<Window*, std::unique_ptr<Window>> owned_;
};

}  // namespace leadlight::agent
