// SPDX-License-Identifier: MIT
// Descriptors that belong to no message, or are not what they should be.
#include "tests/hostile/changed.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace leadlight::hostile;
using lp::Violation;

namespace {

using Breaches = std::vector<Breach>;

int memory(std::size_t bytes, int seals, unsigned flags = 0) {
    const int file = memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING | flags);
    if (file < 0 || ftruncate(file, static_cast<off_t>(bytes)) != 0 ||
        fcntl(file, F_ADD_SEALS, seals) != 0) {
        throw std::runtime_error("no memory file to attack with");
    }
    return file;
}

int one_end_of_a_pipe(int end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    close(ends[1 - end]);
    return ends[end];
}

/// Messages with descriptors that do not belong to them, or are not what they should be.
Breaches descriptors() {
    Breaches all;
    const auto pool = [&](const char* what, Violation reason, std::function<int()> make) {
        all.push_back({.what = std::string("pool_create with ") + what,
                       .does =
                           [=](Hostile& hostile) {
                               const int file = make();
                               hostile.guest.send_with(sample<lp::PoolCreate>(hostile.things),
                                                       file);
                               close(file);
                           },
                       .reason = reason,
                       .opcode = opcode<lp::PoolCreate>});
    };
    const auto refused = Violation::descriptor_refused;
    pool("an unsealed memfd", refused, [] { return memory(4096, 0); });
    pool("one sealed against growing only", refused,
         [] { return memory(4096, F_SEAL_GROW | F_SEAL_WRITE); });
    pool("one that is too short", refused,
         [] { return memory(4095, F_SEAL_SHRINK | F_SEAL_GROW); });
    pool("an empty one", refused, [] { return memory(0, F_SEAL_SHRINK | F_SEAL_GROW); });
    pool("huge pages", refused,
         [] { return memory(2 << 20, F_SEAL_SHRINK | F_SEAL_GROW, MFD_HUGETLB); });
    pool("a pipe to read", refused, [] { return one_end_of_a_pipe(0); });
    pool("a pipe to write", refused, [] { return one_end_of_a_pipe(1); });
    pool("a device", refused, [] { return open("/dev/zero", O_RDWR | O_CLOEXEC); });
    pool("a folder", refused, [] { return open("/", O_RDONLY | O_CLOEXEC); });
    pool("a path", refused, [] { return open("/", O_PATH | O_CLOEXEC); });
    all.push_back(
        {.what = "pool_create with nothing",
         .does =
             [](Hostile& hostile) { hostile.guest.send(sample<lp::PoolCreate>(hostile.things)); },
         .reason = Violation::descriptor_missing,
         .opcode = opcode<lp::PoolCreate>});
    all.push_back(changed<lp::PoolCreate>(
        "references on a local channel", Violation::out_of_bounds,
        [](auto& m, Hostile&) { m.kind = lp::PoolKind::grant_references; }));
    all.push_back({.what = "a title with a descriptor",
                   .does =
                       [](Hostile& hostile) {
                           const int file = memory(4096, F_SEAL_SHRINK);
                           hostile.guest.send_bytes_with(
                               Hostile::bytes_of(sample<lp::Title>(hostile.things)), file);
                           close(file);
                       },
                   .reason = Violation::descriptor_unexpected,
                   .opcode = std::nullopt});
    all.push_back({.what = "more descriptors than may wait",
                   .does =
                       [](Hostile& hostile) {
                           const int file = memory(4096, F_SEAL_SHRINK);
                           // Of one message that never ends.
                           const auto bytes =
                               Hostile::bytes_of(sample<lp::CursorImage>(hostile.things));
                           for (std::size_t i = 0; i < 20; ++i) {
                               hostile.guest.send_bytes_with(std::span(bytes).subspan(i, 1), file);
                           }
                           close(file);
                       },
                   .reason = Violation::descriptor_unexpected,
                   .opcode = std::nullopt});
    return all;
}

}  // namespace

TEST_CASE("descriptors come where they belong, and are what they should be") {
    Stage stage;
    commit_breaches(stage, "descriptors", descriptors());
}
