// SPDX-License-Identifier: MIT
// Stands in the warden's place for the spawner's test: says on its record socket how it was
// started, then does what the domain's name says.
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char** words) {
    std::string said;
    for (int i = 1; i < count; ++i) {
        said += std::string(words[i]) + " ";
    }
    int death_signal = 0;
    prctl(PR_GET_PDEATHSIG, &death_signal);
    said += "dies-by=" + std::to_string(death_signal);
    said += std::getenv("WAYLAND_DISPLAY") != nullptr ? " leaks-display" : "";
    said += std::getenv("HOME") != nullptr ? " home" : "";
    for (int fd = 4; fd < 1024; ++fd) {
        said += fcntl(fd, F_GETFD) >= 0 ? " leaks-fd-" + std::to_string(fd) : "";
    }
    constexpr int records = 3;
    if (send(records, said.data(), said.size(), MSG_NOSIGNAL) < 0) {
        return 99;
    }
    const std::string domain = words[count - 1];
    if (domain == "exits") {
        return 7;
    }
    if (domain == "crashes") {
        // NOLINTNEXTLINE: an abort would leave a core file.
        raise(SIGKILL);
    }
    // Hangs, whatever it is told: even the end of its record socket.
    for (;;) {
        pause();
    }
}
