// SPDX-License-Identifier: MIT
// Stands in for leadlight-warden. Of a domain called hijacked... it hands its record socket to the
// test that listens at the domain's address, and stays until that hangs up: whatever a warden could
// send once its guest has taken it over. For any other domain it is the real one.
#include "shm-grants/descriptor_message.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

constexpr int cannot_connect = 3;  // warden::ExitStatus

bool hand_over(int socket, int descriptor) {
    constexpr std::byte byte{'w'};
    const leadlight::grants::DescriptorMessage<1> message(std::span(&byte, 1),
                                                          std::span(&descriptor, 1));
    return sendmsg(socket, &message.header(), 0) == 1;
}

int connect_to(const char* path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        _exit(cannot_connect);
    }
    return socket;
}

}  // namespace

// leadlight-warden --channel local:PATH --records FD --domain NAME
int main(int argc, char** argv) {
    if (argc != 7) {
        return 2;
    }
    if (!std::string_view(argv[6]).starts_with("hijacked")) {
        const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        const auto real = here / "../../compositor/warden/leadlight-warden";
        execv(real.c_str(), argv);
        return 1;
    }
    const int records = static_cast<int>(std::strtol(argv[4], nullptr, 10));
    const int test = connect_to(argv[2] + std::strlen("local:"));
    if (!hand_over(test, records)) {
        return 1;
    }
    close(records);
    char byte;
    while (read(test, &byte, 1) > 0) {
    }
    return 0;
}
