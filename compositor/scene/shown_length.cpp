// SPDX-License-Identifier: MIT
#include "compositor/scene/shown_length.hpp"

namespace leadlight::compositor {

namespace {

// To the nearest, halves away from zero, as roundf does.
policy::Coordinate rounded(policy::Coordinate logical, policy::Scale scale) {
    const policy::Coordinate doubled = logical * scale.in_120ths() * 2;
    return doubled >= 0 ? (doubled + 120) / 240 : -((-doubled + 120) / 240);
}

}  // namespace

int physical_length(policy::Coordinate from, policy::Coordinate length, policy::Scale scale) {
    return static_cast<int>(rounded(from + length, scale) - rounded(from, scale));
}

ShownLength shown_length(int physical, policy::Scale scale) {
    // One more than the exact quotient may still round down to it.
    policy::Coordinate logical =
        policy::Coordinate{physical} * policy::Scale::one / scale.in_120ths() + 1;
    while (logical > 0 && rounded(logical, scale) > physical) {
        --logical;
    }
    return {static_cast<int>(logical), static_cast<int>(rounded(logical, scale))};
}

}  // namespace leadlight::compositor
