// SPDX-License-Identifier: MIT
#pragma once

// The little that the channels need of xenstore.

#include <memory>
#include <optional>
#include <string>

extern "C" {
#include <xenstore.h>
}

namespace leadlight::grants::xen {

struct StoreCloser {
    void operator()(xs_handle* handle) const { xs_close(handle); }
};
using Store = std::unique_ptr<xs_handle, StoreCloser>;

[[nodiscard]] Store open_store();
[[nodiscard]] std::optional<std::string> read_node(xs_handle& store, const std::string& path);

}  // namespace leadlight::grants::xen
