// SPDX-License-Identifier: MIT
// A guest that breaks its rings: when a client has come it claims to have
// written far more than the ring holds (`produced`), or to have read more than
// the client wrote (`consumed`). With `polite` it says hello first, as an agent does.
#include "protocol/framing.hpp"

#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include <libxenvchan.h>
}

int main(int argc, char** argv) {
    const bool polite = argc == 5 && std::string_view(argv[4]) == "polite";
    if (argc != 4 && !polite) {
        (void)std::fputs("usage: xen-liar ADMIN-DOMAIN PORT produced|consumed [polite]\n", stderr);
        return 2;
    }
    std::vector<std::byte> hello;
    leadlight::protocol::encode<leadlight::protocol::FromAgent>(leadlight::protocol::Hello{},
                                                                hello);
    const auto path = std::string("data/vchan/") + argv[1] + '/' + argv[2];
    for (;;) {
        auto* vchan =
            libxenvchan_server_init(nullptr, std::stoi(argv[1]), path.c_str(), 65536, 65536);
        if (vchan == nullptr) {
            std::perror("liar: server");
            return 1;
        }
        vchan->blocking = 1;
        while (libxenvchan_is_open(vchan) == 2) {
            libxenvchan_wait(vchan);
        }
        if (polite && libxenvchan_send(vchan, hello.data(), hello.size()) < 0) {
            std::perror("liar: hello");
        }
        if (std::string_view(argv[3]) == "produced") {
            vchan->ring->right.prod = vchan->ring->right.cons + 0x40000000;
        } else {
            vchan->ring->left.cons = vchan->ring->left.prod + 1;
        }
        xenevtchn_notify(vchan->event, vchan->event_port);
        std::puts("liar: lied");
        while (libxenvchan_is_open(vchan) == 1) {
            libxenvchan_wait(vchan);
        }
        libxenvchan_close(vchan);
    }
}
