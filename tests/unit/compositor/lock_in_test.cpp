// SPDX-License-Identifier: MIT
// A process that is locked in tries what the compositor never does, each in a process of its own.
#include "compositor/lock_in.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using leadlight::compositor::lock_in;

namespace {

struct Folders {
    Folders() {
        std::filesystem::create_directories(own);
        std::ofstream(runtime / "theirs") << "x";
        std::ofstream(runtime / "wayland-7") << "";
    }
    ~Folders() { std::filesystem::remove_all(runtime); }

    std::filesystem::path runtime =
        std::filesystem::temp_directory_path() / ("leadlight-lock-" + std::to_string(getpid()));
    std::filesystem::path own = runtime / "leadlight";
};

/// `deed` gets the runtime folder. Whether it said yes; a REQUIRE where it could not be locked in.
bool locked_in(const std::function<bool(const std::filesystem::path&)>& deed) {
    constexpr int not_locked = 99;
    const Folders folders;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        _exit(!lock_in(folders.own) ? not_locked : deed(folders.runtime) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) != not_locked);
    return WEXITSTATUS(status) == 0;
}

bool opens(const std::filesystem::path& file, int flags) {
    return open(file.c_str(), flags, 0600) >= 0;
}

}  // namespace

TEST_CASE("a compositor that runs executes nothing and gains no rights") {
    CHECK(locked_in([](const auto&) {
        execl("/bin/true", "true", nullptr);
        return errno == EACCES;
    }));
    CHECK(locked_in([](const auto&) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }));
}

TEST_CASE("a compositor that runs writes nowhere but where it has to") {
    CHECK(locked_in([](const auto& runtime) {
        return !opens(runtime / "theirs", O_WRONLY) &&
               !opens(runtime / "new", O_WRONLY | O_CREAT) &&
               !opens("/tmp/leadlight-lock-new", O_WRONLY | O_CREAT);
    }));
    CHECK(locked_in([](const auto& runtime) {
        const auto places = runtime / "leadlight/places";
        return opens(places.string() + ".new", O_WRONLY | O_CREAT) &&
               rename((places.string() + ".new").c_str(), places.c_str()) == 0 &&
               opens(places, O_WRONLY | O_TRUNC) && unlink(places.c_str()) == 0;
    }));
    CHECK(locked_in([](const auto& runtime) {
        return opens(runtime / "theirs", O_RDONLY) && opens("/dev/null", O_RDWR) &&
               unlink((runtime / "wayland-7").c_str()) == 0;
    }));
    CHECK(locked_in([](const auto&) {
        constexpr const char* name = "/leadlight-lock-test";
        return shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600) >= 0 && shm_unlink(name) == 0;
    }));
}
