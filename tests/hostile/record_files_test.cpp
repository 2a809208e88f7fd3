// SPDX-License-Identifier: MIT
// Descriptors with a hijacked warden's records.
#include "tests/hostile/wrongs.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace leadlight::hostile;
using leadlight::grants::Descriptor;
using lp::Violation;

namespace {

int memory(std::size_t bytes, int seals, unsigned flags = 0) {
    const int file = memfd_create("hijacked", MFD_CLOEXEC | MFD_ALLOW_SEALING | flags);
    if (file < 0 || ftruncate(file, static_cast<off_t>(bytes)) != 0 ||
        fcntl(file, F_ADD_SEALS, seals) != 0) {
        throw std::runtime_error("no memory file to attack with");
    }
    return file;
}

template <class T>
void add_descriptors(Wrongs& all) {
    const std::string name(lp::schema<T>.name);
    const auto with = [&](const char* what, Violation reason,
                          std::function<int(std::size_t)> make) {
        all.push_back({.what = name + " with " + what,
                       .does =
                           [=](Hijacked& warden) {
                               const T record = sample<T>(warden.things);
                               struct stat good{};
                               fstat(good_file(record).get(), &good);
                               const Descriptor file(make(static_cast<std::size_t>(good.st_size)));
                               warden.send(record, file.get());
                           },
                       .reason = reason});
    };
    constexpr int all_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    constexpr bool is_pool = std::is_same_v<T, lp::PoolCreate>;
    const auto refused = Violation::descriptor_refused;
    with("nothing", Violation::descriptor_missing, [](std::size_t) { return -1; });
    with("an unsealed memfd", refused, [](std::size_t size) { return memory(size, 0); });
    with("one that may shrink", refused,
         [](std::size_t size) { return memory(size, F_SEAL_GROW | F_SEAL_WRITE); });
    if (!is_pool) {
        with("one that is written to", refused,
             [](std::size_t size) { return memory(size, F_SEAL_GROW | F_SEAL_SHRINK); });
    }
    with("one a byte short", refused,
         [=](std::size_t size) { return memory(size - 1, all_seals); });
    if (!is_pool) {
        with("one a byte long", refused,
             [=](std::size_t size) { return memory(size + 1, all_seals); });
    }
    with("huge pages", refused,
         [](std::size_t) { return memory(2 << 20, F_SEAL_SHRINK | F_SEAL_GROW, MFD_HUGETLB); });
    with("a pipe", refused, [](std::size_t) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
        close(ends[1]);
        return ends[0];
    });
    with("a device", refused, [](std::size_t) { return open("/dev/zero", O_RDWR | O_CLOEXEC); });
    with("a folder", refused, [](std::size_t) { return open("/", O_RDONLY | O_CLOEXEC); });
    with("a path", refused, [](std::size_t) { return open("/", O_PATH | O_CLOEXEC); });
    all.push_back({.what = name + " with two",
                   .does =
                       [](Hijacked& warden) {
                           const T record = sample<T>(warden.things);
                           warden.send_with_two(lp::encode_record<lp::FromWarden>(record),
                                                good_file(record).get());
                       },
                   .reason = Violation::wrong_length});
}

Wrongs descriptors() {
    Wrongs all;
    add_descriptors<lp::PoolCreate>(all);
    add_descriptors<lp::TitleStrip>(all);
    add_descriptors<lp::CursorFile>(all);
    lp::FromWarden::each([&]<class T>(std::type_identity<T>) {
        if constexpr (!std::is_same_v<T, lp::PoolCreate> && !std::is_same_v<T, lp::TitleStrip> &&
                      !std::is_same_v<T, lp::CursorFile>) {
            all.push_back({.what = std::string(lp::schema<T>.name) + " with a descriptor",
                           .does =
                               [](Hijacked& warden) {
                                   const Descriptor file(Hijacked::sealed(4096));
                                   warden.send(sample<T>(warden.things), file.get());
                               },
                           .reason = Violation::descriptor_unexpected});
        }
    });
    return all;
}

}  // namespace

TEST_CASE("descriptors of records come where they belong, and are what they should be") {
    Stage stage(scripted_warden());
    commit(stage, "descriptors of records", descriptors());
}
