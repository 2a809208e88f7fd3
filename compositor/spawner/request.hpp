// SPDX-License-Identifier: MIT
// What the compositor and its spawner say to each other. Plain structs: both are the same binary.
//
// Compositor to spawner, on a SOCK_SEQPACKET pair: StartRequest with two descriptors, the warden's
// end of the record socket and the writing end of a pipe. Spawner to compositor: one WardenEnd on
// that pipe. There is no answer to wait for, so the compositor never blocks on the spawner; and
// closing the reading end of the pipe is the request to kill.
#pragma once

#include <array>

namespace leadlight::compositor {

struct StartRequest {
    /// NUL-terminated. The spawner checks both again: it runs outside of the compositor's cage, so
    /// these bytes are all that a hijacked compositor gets to choose of what it starts.
    std::array<char, 32> domain{};
    std::array<char, 160> address{};
};

}  // namespace leadlight::compositor
