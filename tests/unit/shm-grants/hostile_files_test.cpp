// SPDX-License-Identifier: MIT
// What a guest might send for a sealed memfd.
#include "help.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>

namespace leadlight::grants::test {
namespace {

constexpr std::size_t pages = 4;

MapError refusal(Descriptor file, std::size_t asked = pages) {
    const auto mapping = local::map(std::move(file), asked);
    REQUIRE_FALSE(mapping.has_value());
    return mapping.error();
}

Descriptor memory_file(std::size_t bytes, int seals, unsigned flags = 0) {
    Descriptor file(memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING | flags));
    if (file) {
        REQUIRE(ftruncate(file.get(), static_cast<off_t>(bytes)) == 0);
        REQUIRE(fcntl(file.get(), F_ADD_SEALS, seals) == 0);
    }
    return file;
}

TEST_CASE("a file that can be cut short is refused") {
    CHECK(refusal(memory_file(pages * page_size, 0)) == MapError::not_sealed);
    CHECK(refusal(memory_file(pages * page_size, F_SEAL_GROW)) == MapError::not_sealed);
    // Sealing sealed, by default: it can never become good.
    CHECK(refusal(Descriptor(memfd_create("unsealable", MFD_CLOEXEC))) == MapError::not_sealed);
}

TEST_CASE("a file shorter than said is refused, also by a byte") {
    CHECK(refusal(memory_file(0, F_SEAL_SHRINK)) == MapError::too_short);
    CHECK(refusal(memory_file(pages * page_size - 1, F_SEAL_SHRINK)) == MapError::too_short);
    CHECK(local::map(memory_file(pages * page_size, F_SEAL_SHRINK), pages).has_value());
}

TEST_CASE("page counts that overflow, or are nothing, are refused") {
    const auto asked = {std::size_t{1} << 52, SIZE_MAX, max_mapped_pages + 1};
    for (const auto count : asked) {
        CHECK(refusal(memory_file(page_size, F_SEAL_SHRINK), count) == MapError::too_many_pages);
    }
    CHECK(refusal(memory_file(page_size, F_SEAL_SHRINK), 0) == MapError::no_pages);
}

TEST_CASE("huge pages are refused") {
    // Making such a file reserves nothing, so it works on a machine without huge pages.
    Descriptor file(memfd_create("huge", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_HUGETLB));
    if (!file) {
        SKIP("this kernel has no hugetlb");
    }
    REQUIRE(ftruncate(file.get(), 1 << 30) == 0);
    REQUIRE(fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK) == 0);
    CHECK(refusal(std::move(file)) == MapError::huge_pages);
}

TEST_CASE("what is no memory file is refused") {
    const PrivateFolder folder;
    const auto path = folder.path() / "file";

    SECTION("a regular file") {
        Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        REQUIRE(file);
        REQUIRE(ftruncate(file.get(), pages * page_size) == 0);
        const auto error = refusal(std::move(file));
        // A tmpfs under /tmp is a memory file, of the kind that nobody can seal.
        CHECK((error == MapError::not_a_memory_file || error == MapError::not_sealed));
    }
    SECTION("a file of the proc file system") {
        CHECK(refusal(Descriptor(open("/proc/self/maps", O_RDONLY | O_CLOEXEC))) ==
              MapError::not_a_memory_file);
    }
    SECTION("a directory") {
        CHECK(refusal(Descriptor(open(folder.path().c_str(), O_RDONLY | O_CLOEXEC))) ==
              MapError::not_a_memory_file);
    }
    SECTION("a pipe") {
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        const Descriptor other(ends[1]);
        CHECK(refusal(Descriptor(ends[0])) == MapError::not_a_memory_file);
    }
    SECTION("a socket") {
        CHECK(refusal(Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))) ==
              MapError::not_a_memory_file);
    }
    SECTION("a device") {
        CHECK(refusal(Descriptor(open("/dev/zero", O_RDWR | O_CLOEXEC))) ==
              MapError::not_a_memory_file);
    }
    SECTION("a path without rights") {
        CHECK(refusal(Descriptor(open("/dev/zero", O_PATH | O_CLOEXEC))) ==
              MapError::not_a_memory_file);
    }
    SECTION("nothing at all") {
        CHECK(refusal(Descriptor()) == MapError::failed);
    }
}

TEST_CASE("a sealed file that is open for writing only does not map") {
    const auto whole = memory_file(pages * page_size, F_SEAL_SHRINK);
    const auto path = "/proc/self/fd/" + std::to_string(whole.get());
    Descriptor write_only(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    REQUIRE(write_only);
    auto mapping = local::map(std::move(write_only), pages);
    REQUIRE(mapping.has_value());
    std::size_t budget = PageMapping::slice;
    CHECK((*mapping)->map_step(budget) == std::unexpected(MapError::failed));
    CHECK((*mapping)->data() == nullptr);
}

TEST_CASE("a hole punched into mapped pages reads as zero") {
    const auto whole = memory_file(pages * page_size, F_SEAL_SHRINK);
    REQUIRE(pwrite(whole.get(), "x", 1, 0) == 1);
    auto mapping = local::map(Descriptor(dup(whole.get())), pages);
    REQUIRE(mapping.has_value());
    std::size_t budget = pages;
    REQUIRE((*mapping)->map_step(budget).has_value());
    CHECK((*mapping)->data()[0] == std::byte{'x'});
    REQUIRE(fallocate(whole.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                      pages * page_size) == 0);
    CHECK((*mapping)->data()[0] == std::byte{0});
}

}  // namespace
}  // namespace leadlight::grants::test
