// SPDX-License-Identifier: MIT
// In dom0: the person's hands, as far as a compositor without devices takes them. Plays each of its
// arguments, one after the other, as compositor/test_input/test_devices.hpp says.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>

int main(int argc, char** argv) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    if (argc < 3 || std::strlen(argv[1]) >= sizeof address.sun_path) {
        (void)std::fputs("usage: xen-hands SOCKET COMMAND...\n", stderr);
        return 2;
    }
    std::memcpy(address.sun_path, argv[1], std::strlen(argv[1]));
    const int desk = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (connect(desk, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        std::perror("hands: connect");
        return 1;
    }
    for (int i = 2; i < argc; ++i) {
        std::array<char, 512> answer{};
        const std::size_t length = std::strlen(argv[i]);
        if (send(desk, argv[i], length, 0) != static_cast<ssize_t>(length) ||
            recv(desk, answer.data(), answer.size() - 1, 0) <= 0) {
            std::perror("hands: the compositor");
            return 1;
        }
        if (std::string_view(answer.data()) != "ok") {
            std::printf("hands: %s: %s\n", argv[i], answer.data());
            return 1;
        }
    }
}
