// SPDX-License-Identifier: MIT
// Standard input, output and error. A warden's error is leadlightd's, a stream of the journal: one
// that was taken over could fill it, write lines in leadlightd's name, and with "<0>" before them
// write to every terminal.
#include "compositor/warden/build.hpp"
#include "compositor/warden/cage_parts.hpp"
#include "shm-grants/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace leadlight::warden {

Wall close_streams() {
    const grants::Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!null) {
        return missing("/dev/null");
    }
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // The sanitizers have no other way to report.
        if (sanitized_build && stream == STDERR_FILENO) {
            continue;
        }
        if (dup2(null.get(), stream) < 0) {
            return missing("/dev/null as a standard stream");
        }
    }
    return {};
}

}  // namespace leadlight::warden
