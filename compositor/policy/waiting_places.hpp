// SPDX-License-Identifier: MIT
// Places of windows that are not here now and may come back. All domains share what may wait, and a
// guest makes windows and hangs up as often as it likes: the oldest of its own are forgotten then.
#pragma once

#include "compositor/policy/places.hpp"

#include <deque>

namespace leadlight::policy {

class WaitingPlaces {
  public:
    /// `per_domain`: as many as it may have windows.
    explicit WaitingPlaces(std::size_t per_domain, Places from_file = {});

    /// Over what the domain may have, its oldest go; over what all may have, the oldest of the
    /// domain that has the most.
    void keep(const Uuid& domain, const Token& token, const Place& place);
    [[nodiscard]] std::optional<Place> claim(const Uuid& domain, const Token& token);
    void forget(const Uuid& domain, const Token& token);

    std::size_t size() const { return places_.size(); }
    /// Adds them to the places of windows that are here, as far as there is room.
    void add_to(Places& present) const;

  private:
    void forget_oldest_of(const Uuid& domain);

    std::size_t per_domain_;
    Places places_;
    std::map<Uuid, std::deque<Token>> order_;  // the oldest first; none is empty
};

}  // namespace leadlight::policy
