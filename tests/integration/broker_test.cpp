// SPDX-License-Identifier: MIT
// The real compositor with a scripted leadlightd: domains come and go, wardens are asked for when
// there is a server to connect to, and leadlightd may go and come back.
#include "compositor/records/record_socket.hpp"
#include "compositor/warden/outcome.hpp"
#include "protocol/broker_records.hpp"
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

using namespace leadlight::fixture;
using namespace leadlight::protocol;
namespace records = leadlight::records;
using leadlight::grants::Descriptor;

namespace {

struct Started {
    WardenStart start;
    records::RecordSocket warden;
};

BrokerWelcome of_a_usual_host() {
    return {.maptrack_frames = 4096, .entries_per_page = 2};
}

/// leadlightd, as far as the compositor sees it.
class Broker {
  public:
    explicit Broker(const std::string& path, const BrokerWelcome& welcome = of_a_usual_host())
        : listening_(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        REQUIRE(path.size() < sizeof address.sun_path);
        std::memcpy(address.sun_path, path.c_str(), path.size());
        unlink(path.c_str());
        REQUIRE(bind(listening_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(listen(listening_.get(), 1) == 0);
        REQUIRE(eventually([&] {
            Descriptor peer(accept(listening_.get(), nullptr, nullptr));
            if (peer) {
                socket_.emplace(std::move(peer));
            }
            return socket_.has_value();
        }));
        tells(welcome, open("/dev/null", O_RDWR));
    }

    template <class Record>
    void tells(const Record& record, int file = -1) {
        const Descriptor owned(file);
        const auto sent = socket_->send(encode_record<FromBroker>(record), file);
        REQUIRE(sent);
        REQUIRE(*sent == records::Sent::yes);
    }
    void says_nonsense() { REQUIRE(socket_->send(std::vector<std::byte>(40, std::byte{0xff}))); }
    /// Has the compositor given the connection up?
    bool left() {
        const auto arrived = records::receive_record<ToBroker>(*socket_);
        return !arrived;
    }
    std::optional<records::Arrived<ToBroker>> hears() {
        std::optional<records::Arrived<ToBroker>> heard;
        eventually([&] {
            auto arrived = records::receive_record<ToBroker>(*socket_);
            if (arrived && *arrived) {
                heard = std::move(**arrived);
            }
            return heard.has_value();
        });
        return heard;
    }
    Started starts_warden() {
        auto heard = hears();
        REQUIRE(heard);
        REQUIRE(std::holds_alternative<WardenStart>(heard->record));
        return {std::get<WardenStart>(heard->record),
                records::RecordSocket(std::move(heard->descriptor))};
    }

  private:
    Descriptor listening_;
    std::optional<records::RecordSocket> socket_;
};

DomainSeen domain(std::uint16_t id, std::string_view name, std::uint32_t server,
                  XenState state = XenState::running) {
    DomainSeen seen{.key = {.domain = XenDomain::clamped(id)},
                    .state = state,
                    .server = server,
                    .name = *Name::from(name)};
    seen.key.uuid.fill(static_cast<std::uint8_t>(id));
    return seen;
}

struct OnXen {
    explicit OnXen(const std::string& more = {})
        : desk({}, {.configuration = "[domain.work]\nlabel = \"blue\"\n"
                                     "[domain.untrusted]\nlabel = \"red\"\n" +
                                     more,
                    .leadlightd = true}) {}

    Desk desk;

    std::string socket() const { return desk.folder() / "domains.sock"; }
    bool lists(const std::string& words) {
        return eventually([&] { return desk.ctl({"domains"}).contains(words); });
    }
    bool lists_nothing_of(const std::string& name) {
        return eventually([&] { return !desk.ctl({"domains"}).contains(name); });
    }
};

// What the compositor has mapped of guests' pages.
std::size_t pools_mapped(Desk& desk) {
    std::ifstream maps("/proc/" + std::to_string(desk.compositor().pid()) + "/maps");
    std::size_t count = 0;
    for (std::string line; std::getline(maps, line);) {
        count += line.contains("leadlight-pages") ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("domains come and go as leadlightd tells") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 0));
    broker.tells(domain(4, "visitor", 0));
    broker.tells(AllSeen{});
    CHECK(xen.lists("xen:3:1"));
    CHECK(xen.lists("unknown"));
    broker.tells(DomainGone{domain(4, "", 0).key});
    CHECK(xen.lists_nothing_of("visitor"));
    // Rebooted: the same name under another id, while the old one is ending.
    broker.tells(domain(3, "work", 0, XenState::ending));
    broker.tells(domain(5, "work", 0));
    CHECK(xen.lists("xen:5:1"));
    CHECK(xen.lists_nothing_of("xen:3:1"));
}

TEST_CASE("a warden is asked for when a server is there, and its end is heard of") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 0));
    broker.tells(domain(4, "untrusted", 1, XenState::paused));
    broker.tells(domain(5, "visitor", 1));
    // Neither the one without a server nor the paused one.
    auto visitor = broker.starts_warden();
    CHECK(visitor.start.key == domain(5, "", 0).key);
    CHECK(visitor.start.name.view() == "visitor");
    broker.tells(domain(3, "work", 7));
    auto work = broker.starts_warden();
    CHECK(work.start.key == domain(3, "", 0).key);
    CHECK(work.start.warden > visitor.start.warden);

    REQUIRE(work.warden.send(encode_record<FromWarden>(Hello{})));
    CHECK(xen.lists("connected"));
    broker.tells(domain(3, "work", 7, XenState::paused));
    CHECK(xen.lists("xen:3:1"));
    CHECK(eventually([&] { return !xen.desk.ctl({"domains"}).contains("connected"); }));
    broker.tells(domain(3, "work", 7));
    CHECK(xen.lists("connected"));

    // Nobody was there: tried again as soon as there is another server.
    broker.tells(
        WardenEnded{.warden = visitor.start.warden, .fate = WardenFate::exited, .code = 3});
    broker.tells(domain(5, "visitor", 2));
    CHECK(broker.starts_warden().start.key == domain(5, "", 0).key);
    broker.tells(domain(4, "untrusted", 1));
    CHECK(broker.starts_warden().start.key == domain(4, "", 0).key);
}

TEST_CASE("a domain that was paused before its hello is tried as steadily as before") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 1));
    // So often that, were it the guest's fault, the next try would be half a minute away.
    for (int i = 0; i < 8; ++i) {
        auto work = broker.starts_warden();
        broker.tells(domain(3, "work", 1, XenState::paused));
        REQUIRE(xen.lists("paused"));
        broker.tells(domain(3, "work", 1));
        REQUIRE(work.warden.send(
            encode_record<FromWarden>(Broken{.violation = Violation::hello_expected})));
        broker.tells(WardenEnded{.warden = work.start.warden,
                                 .fate = WardenFate::exited,
                                 .code = static_cast<std::uint16_t>(
                                     leadlight::warden::ExitStatus::guest_broke_protocol)});
    }
    CHECK(broker.starts_warden().start.key == domain(3, "", 0).key);
}

TEST_CASE("a domain that is gone has its warden stopped") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 1));
    const auto work = broker.starts_warden();
    broker.tells(DomainGone{domain(3, "", 0).key});
    const auto heard = broker.hears();
    REQUIRE(heard);
    REQUIRE(std::holds_alternative<WardenStop>(heard->record));
    CHECK(std::get<WardenStop>(heard->record).warden == work.start.warden);
}

TEST_CASE("a domain that is renamed has its warden stopped, and one started by its new name") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "untrusted", 1));
    auto before = broker.starts_warden();
    REQUIRE(before.warden.send(encode_record<FromWarden>(Hello{})));
    REQUIRE(xen.lists("connected"));
    broker.tells(domain(3, "work", 1));
    std::optional<WardenStop> stopped;
    std::optional<WardenStart> started;
    for (int i = 0; i < 2; ++i) {
        const auto heard = broker.hears();
        REQUIRE(heard);
        if (const auto* stop = std::get_if<WardenStop>(&heard->record)) {
            stopped = *stop;
        } else if (const auto* start = std::get_if<WardenStart>(&heard->record)) {
            started = *start;
        }
    }
    REQUIRE(stopped);
    CHECK(stopped->warden == before.start.warden);
    REQUIRE(started);
    CHECK(started->key == before.start.key);
    CHECK(started->name.view() == "work");
}

// By a real warden and its guest: a scripted leadlightd has no pages to map.
TEST_CASE("a domain that is renamed is connected only after its pages are unmapped") {
    OneDomain on;
    // At 512 a refresh it takes a second.
    constexpr std::size_t pools = 120, pages = 256;
    for (std::size_t i = 0; i < pools; ++i) {
        on.work.makes_pool(pages);
    }
    REQUIRE(eventually([&] {
        on.work.pump();
        return pools_mapped(on.desk) > pools;  // and its window's
    }));
    on.desk.reloads({}, "[domain.mail]\nlabel = \"blue\"\naddress = \"local:" +
                            on.desk.socket("work") + "\"\n");
    on.work.is_cut_off();
    CHECK_NOFAIL(pools_mapped(on.desk) > 0);  // else it was too slow to test anything
    on.work.joins();
    CHECK(pools_mapped(on.desk) == 0);
    CHECK(on.desk.state_of("mail") == "connected");
}

TEST_CASE("the person's requests name the domain by id and uuid") {
    OnXen xen;
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 0));
    REQUIRE(xen.lists("xen:3:1"));
    xen.desk.ctl({"domain", "pause", "work"});
    const auto heard = broker.hears();
    REQUIRE(heard);
    CHECK(std::get<DomainRequest>(heard->record) ==
          DomainRequest{domain(3, "", 0).key, DomainAction::pause});
    CHECK_THROWS(xen.desk.ctl({"domain", "pause", "nobody"}));

    // Xen counts pauses, so a second one would outlast what the person believes to undo.
    CHECK_THROWS(xen.desk.ctl({"domain", "unpause", "work"}));
    broker.tells(domain(3, "work", 0, XenState::paused));
    REQUIRE(xen.lists("paused"));
    CHECK_THROWS(xen.desk.ctl({"domain", "pause", "work"}));
    xen.desk.ctl({"domain", "unpause", "work"});
    const auto next = broker.hears();
    REQUIRE(next);
    CHECK(std::get<DomainRequest>(next->record).action == DomainAction::unpause);
}

TEST_CASE("guests get no more pages than Xen's maptrack carries, as leadlightd read it") {
    const auto pages_of = [](const BrokerWelcome& welcome, const std::string& limits = {}) {
        OnXen xen(limits);
        Broker broker(xen.socket(), welcome);
        broker.tells(domain(3, "work", 1));
        auto work = broker.starts_warden();
        REQUIRE(work.warden.send(encode_record<FromWarden>(Hello{})));
        std::uint32_t pages = 0;
        REQUIRE(eventually([&] {
            const auto arrived = records::receive_record<ToWarden>(work.warden);
            const auto* said =
                arrived && *arrived ? std::get_if<Welcome>(&(*arrived)->record) : nullptr;
            pages = said != nullptr ? said->max_pages : 0;
            return said != nullptr;
        }));
        return pages;
    };
    CHECK(pages_of(of_a_usual_host()) == 32'768);
    // Half of 512 frames of 256 entries, and a domain keeps its quarter.
    CHECK(pages_of({.maptrack_frames = 512, .entries_per_page = 1}) == 16'384);
    CHECK(pages_of({.maptrack_frames = 512, .entries_per_page = 2}) == 8'192);
    // The administrator's word makes it less, never more.
    CHECK(pages_of(of_a_usual_host(), "[limits]\nmaptrack-frames = 512\n") == 8'192);
    CHECK(pages_of({.maptrack_frames = 512, .entries_per_page = 2},
                   "[limits]\nmaptrack-frames = 4096\n") == 8'192);
}

TEST_CASE("leadlightd goes and comes back") {
    OnXen xen;
    {
        Broker broker(xen.socket());
        broker.tells(domain(3, "work", 1));
        broker.tells(domain(4, "untrusted", 0));
        broker.tells(AllSeen{});
        const auto warden = broker.starts_warden();
        REQUIRE(xen.lists("xen:4:1"));
    }
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 1));
    broker.tells(AllSeen{});
    CHECK(broker.starts_warden().start.key == domain(3, "", 0).key);
    CHECK(xen.lists_nothing_of("untrusted"));
}

TEST_CASE("what is no record ends the connection, and another is made") {
    OnXen xen;
    {
        Broker broker(xen.socket());
        broker.says_nonsense();
        CHECK(eventually([&] { return broker.left(); }));
    }
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 0));
    CHECK(xen.lists("xen:3:1"));
}

TEST_CASE("who is refused leaves, and asks again") {
    OnXen xen;
    {
        Broker broker(xen.socket());
        broker.tells(domain(3, "work", 1));
        auto work = broker.starts_warden();
        REQUIRE(work.warden.send(encode_record<FromWarden>(Hello{})));
        REQUIRE(xen.lists("connected"));
        broker.tells(BrokerRefusal{Refusing::replaced});
        CHECK(eventually([&] { return broker.left(); }));
    }
    Broker broker(xen.socket());
    broker.tells(domain(3, "work", 1));
    CHECK(broker.starts_warden().start.key == domain(3, "", 0).key);
}
