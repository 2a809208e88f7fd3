// SPDX-License-Identifier: MIT
// Presses on what the compositor itself drew above the windows: they are the person's alone, and
// no guest hears of them.
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

namespace leadlight::compositor {

bool Input::press_on_trusted(const Hit& hit, LayoutPoint at) {
    if (hit.owner == nullptr || hit.owner->kind != SceneOwner::Kind::trusted) {
        return false;
    }
    if (switching_) {
        press_in_switcher(at);
    } else if (const policy::DomainId asking = server_.outputs->asking_at(at.x, at.y)) {
        desktop_.attend(asking);
    }
    return true;
}

}  // namespace leadlight::compositor
