// SPDX-License-Identifier: MIT
// What a hijacked warden does wrong, one link each, and the reason that it must be dismissed with.
#pragma once

#include "tests/hostile/hijacked.hpp"

namespace leadlight::hostile {

struct Wrong {
    std::string what;
    std::function<void(Hijacked&)> does;
    /// None: the link ends without a word.
    std::optional<lp::Violation> reason;
    bool before_hello = false;
};
using Wrongs = std::vector<Wrong>;

/// Each on a link of its own, beside the bystanders, who must not notice.
void commit(Stage& stage, const char* chapter, const Wrongs& wrongs);

/// Where the scripted warden is.
std::string scripted_warden();

/// The good record's descriptor, where it has one.
template <class T>
grants::Descriptor good_file(const T& record) {
    if constexpr (std::is_same_v<T, lp::PoolCreate>) {
        return grants::Descriptor(Hijacked::sealed(record.pages * lp::page_size));
    } else if constexpr (std::is_same_v<T, lp::TitleStrip>) {
        return grants::Descriptor(Hijacked::sealed(std::size_t{record.width} * record.height));
    } else if constexpr (std::is_same_v<T, lp::CursorFile>) {
        return grants::Descriptor(Hijacked::sealed(std::size_t{record.width} * record.height * 4));
    } else {
        return {};
    }
}

/// A good record after `change` was done to it.
template <class T>
Wrong changed(const std::string& what, lp::Violation reason,
              std::function<void(T&, Hijacked&)> change) {
    return {.what = std::string(lp::schema<T>.name) + ": " + what,
            .does =
                [=](Hijacked& warden) {
                    T record = sample<T>(warden.things);
                    change(record, warden);
                    const grants::Descriptor file = good_file(record);
                    warden.send(record, file.get());
                },
            .reason = reason};
}

}  // namespace leadlight::hostile
