// SPDX-License-Identifier: MIT
// The real warden between a scripted guest and a scripted compositor: each test reads as what one
// side says and what the other hears. Every wait has a bound.
#pragma once

#include "compositor/records/record_socket.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/warden/outcome.hpp"
#include "protocol/framing.hpp"
#include "protocol/records.hpp"
#include "shm-grants/local/local.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

namespace leadlight::warden::test {

using namespace protocol;
using grants::Descriptor;

template <class I>
I id(std::uint64_t value) {
    return *I::from(value);
}
template <class B>
B bounded(long value) {
    return *B::from(value);
}

class Session {
  public:
    explicit Session(int standard_error = STDERR_FILENO);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // The guest.
    template <class M>
    void guest_says(const M& message, int descriptor = -1) {
        std::vector<std::byte> bytes;
        encode<FromAgent>(message, bytes);
        guest_writes(bytes, descriptor);
    }
    void guest_writes(std::span<const std::byte> bytes, int descriptor = -1);
    /// The next message, which must be an M.
    template <class M>
    M guest_hears() {
        auto message = next_message();
        REQUIRE(message);
        REQUIRE(std::holds_alternative<M>(*message));
        return std::get<M>(*message);
    }
    std::optional<ToAgent::Any> next_message();
    void guest_leaves() { guest_.reset(); }

    // The compositor.
    template <class R>
    void compositor_says(const R& record, int descriptor = -1) {
        REQUIRE(compositor_->send(encode_record<ToWarden>(record), descriptor) ==
                records::Sent::yes);
    }
    template <class R>
    R compositor_hears() {
        auto arrived = next_record();
        REQUIRE(arrived);
        REQUIRE(std::holds_alternative<R>(arrived->record));
        came_along = std::move(arrived->descriptor);
        return std::get<R>(arrived->record);
    }
    /// Nothing when the warden is gone.
    std::optional<records::Arrived<FromWarden>> next_record();
    void compositor_leaves() { compositor_.reset(); }
    /// What came with the last record.
    Descriptor came_along;

    /// Waits for the warden's end.
    ExitStatus exit_status();
    pid_t warden() const { return warden_; }
    grants::Channel& guest() { return *guest_; }
    records::RecordSocket& compositor() { return *compositor_; }

    /// hello and welcome, heard on both sides.
    void greet();
    /// A pool of one page, ready, with a buffer of 16x16.
    void offer_buffer(PoolId pool, BufferId buffer);

  private:
    std::filesystem::path folder_;
    std::unique_ptr<grants::Server> server_;
    std::unique_ptr<grants::Channel> guest_;
    std::optional<records::RecordSocket> compositor_;
    Framing<ToAgent> framing_;
    std::unique_ptr<grants::PageGranter> granter_;
    std::vector<std::unique_ptr<grants::SharedPages>> pages_;
    pid_t warden_ = -1;
};

}  // namespace leadlight::warden::test
