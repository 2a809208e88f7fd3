// SPDX-License-Identifier: MIT
// Where a message names something: each id in it, with its kind and whether it must be new. From
// the schema, as the defects are.
#pragma once

#include "protocol/message.hpp"

#include <string>
#include <vector>

namespace leadlight::hostile {

namespace lp = leadlight::protocol;

struct IdPlace {
    std::string path;    // "commit.layers.buffer"
    std::size_t offset;  // in the body
    lp::Violation unknown;
    bool is_new;
};

template <class Tag>
constexpr lp::Violation unknown_of(lp::Id<Tag>) {
    if constexpr (std::is_same_v<lp::Id<Tag>, lp::PoolId>) {
        return lp::Violation::unknown_pool;
    } else if constexpr (std::is_same_v<lp::Id<Tag>, lp::BufferId>) {
        return lp::Violation::unknown_buffer;
    } else {
        return lp::Violation::unknown_window;
    }
}

class IdPlaces {
  public:
    template <lp::Described T>
    static std::vector<IdPlace> of(const T& good) {
        IdPlaces walk;
        walk.fields(good, std::string(lp::schema<T>.name));
        return std::move(walk.found_);
    }

  private:
    template <lp::Described T>
    void fields(const T& value, const std::string& path) {
        lp::each_field<T>([&]<class... F>(F... field) {
            ((visit(value.*F::member, path + "." + std::string(field.name),
                    field.meaning == "new")),
             ...);
        });
    }
    template <class T>
    void visit(const T& value, const std::string& path, bool is_new) {
        if constexpr (lp::Described<T>) {
            fields(value, path);
        } else {
            id(value, path, is_new);
            std::vector<std::byte> bytes;
            lp::Writer writer(bytes);
            lp::Wire<T>::template write<lp::Layout::packed>(writer, value);
            offset_ += bytes.size();
        }
    }
    template <class T>
    void id(const T&, const std::string&, bool) {}
    template <class Tag>
    void id(const lp::Id<Tag>& value, const std::string& path, bool is_new) {
        found_.push_back({path, offset_, unknown_of(value), is_new});
    }
    template <class Tag>
    void id(const std::optional<lp::Id<Tag>>&, const std::string& path, bool) {
        found_.push_back({path, offset_, unknown_of(lp::Id<Tag>()), false});
    }
    template <class T, std::size_t Max>
    void id(const lp::List<T, Max>& list, const std::string& path, bool) {
        if constexpr (lp::Described<T>) {
            if (list.empty()) {
                return;
            }
            const std::size_t begin = offset_;
            offset_ += 2;
            fields(list[0], path);
            offset_ = begin;
        }
    }

    std::size_t offset_ = 0;
    std::vector<IdPlace> found_;
};

}  // namespace leadlight::hostile
