// SPDX-License-Identifier: MIT
// The little that the channels need of xenstore.
#pragma once

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

Store open_store();
std::optional<std::string> read_node(xs_handle& store, const std::string& path);

}  // namespace leadlight::grants::xen
