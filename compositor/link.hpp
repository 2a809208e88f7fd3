// SPDX-License-Identifier: MIT
#pragma once

namespace leadlight::compositor {

class Link;

}  // namespace leadlight::compositor
