// SPDX-License-Identifier: MIT
// What a struct of the protocol is made of, said once: its fields in wire order, with the words for
// docs/protocol.md. The codec, the specification, the property tests and the fuzzers' seeds all
// come from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace leadlight::protocol {

template <auto Member>
struct Field;
template <class Struct, class T, T Struct::* Member>
struct Field<Member> {
    using Type = T;
    static constexpr T Struct::* member = Member;
    std::string_view name;
    std::string_view meaning;
};

template <auto Member>
consteval Field<Member> field(std::string_view name, std::string_view meaning) {
    return {name, meaning};
}

template <class... Fields>
struct Schema {
    std::string_view name;
    std::string_view meaning;
    std::tuple<Fields...> fields;
};

template <class... Fields>
consteval Schema<Fields...> describe(std::string_view name, std::string_view meaning,
                                     Fields... fields) {
    return {name, meaning, std::tuple(fields...)};
}

/// Specialised beside each struct.
template <class T>
inline constexpr std::nullptr_t schema = nullptr;

template <class T>
concept Described = !std::is_null_pointer_v<std::remove_const_t<decltype(schema<T>)>>;

/// Calls `visit` once, with all Fields of T.
template <Described T, class Visitor>
constexpr decltype(auto) each_field(Visitor&& visit) {
    return std::apply(std::forward<Visitor>(visit), schema<T>.fields);
}

}  // namespace leadlight::protocol
