// SPDX-License-Identifier: MIT
// Writes a seed corpus: each struct of each list once as its default and a few times at random;
// titles in the scripts that are hard to shape; short lives of a connection.
#include "protocol/broker_records.hpp"
#include "tests/unit/protocol/arbitrary.hpp"

#include <filesystem>
#include <fstream>

using namespace leadlight::protocol;
using leadlight::protocol::testing::arbitrary;

namespace {

template <class List, class Encode>
void write_seeds(const std::filesystem::path& folder, Encode encode) {
    std::filesystem::create_directories(folder);
    leadlight::protocol::testing::Random random(1);
    List::each([&]<class T>(std::type_identity<T>) {
        for (int i = 0; i < 4; ++i) {
            const std::vector<std::byte> bytes = encode(i == 0 ? T{} : arbitrary<T>(random));
            std::ofstream file(folder / (std::string(schema<T>.name) + "-" + std::to_string(i)),
                               std::ios::binary);
            file.write(reinterpret_cast<const char*>(bytes.data()),
                       static_cast<std::streamsize>(bytes.size()));
        }
    });
}

template <class List>
auto message() {
    return [](const auto& value) {
        std::vector<std::byte> bytes;
        encode<List>(value, bytes);
        return bytes;
    };
}
template <class List>
auto record() {
    return [](const auto& value) { return encode_record<List>(value); };
}

void write_seed(const std::filesystem::path& file, std::string_view bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

void write_titles(const std::filesystem::path& folder) {
    // Scale and width first.
    const std::string head("\0\1\x40", 3);
    int number = 0;
    for (const std::string_view title : {
             "Inbox (3) - mail",
             "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 mixed 123",
             "\u202eright to left\u202c \u2066isolated\u2069",
             "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319 stacked",
             "\u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f \u0e01\u0e34\u0e48\u0e19",
             "\U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F1E9\U0001F1EA \ufe0f",
             "\u6f22\u5b57 \u304b\u306a \ud55c\uad6d\uc5b4",
             "ill-formed \xc0\xaf \xed\xa0\x80 \xff end\xe2\x82",
             "",
         }) {
        write_seed(folder / ("title-" + std::to_string(number++)), head + std::string(title));
    }
}

/// One byte a choice, as tests/fuzz/connection.cpp reads them.
void write_connections(const std::filesystem::path& folder) {
    const auto place = []<class T>(std::type_identity<T>) {
        return static_cast<char>(opcode_of<FromAgent, T>() - 1);
    };
    const char take = static_cast<char>(FromAgent::count), tell = static_cast<char>(take + 4),
               map = static_cast<char>(take + 8), draw = static_cast<char>(take + 9);
    // A pool of 8 pages, a buffer of 8x8 in it, a toplevel that shows it, and its frame.
    std::string life{0, take, tell};
    life += {place(std::type_identity<PoolCreate>()), 0, 0, 8, take, 1, map, tell, tell};
    life += {place(std::type_identity<BufferCreate>()), 0, 0, 0, 8, 8, 32, 0, take};
    life += {place(std::type_identity<ToplevelCreate>()), 0, 0, take, 1, tell};
    life += {place(std::type_identity<Commit>()), 0, 1, 1, 0, 0, 0, 8, 8, 0, 0, 0, take};
    life += {draw, 0, tell};
    write_seed(folder / "window", life);
    // The same with a popup on it, which goes, and then the rest.
    life += {place(std::type_identity<PopupCreate>()), 1, 0};
    life += std::string(13, 1) + std::string{0, take, 1, tell};
    life += {place(std::type_identity<WindowDestroy>()), 1, take};
    life += {place(std::type_identity<WindowDestroy>()), 0, take};
    life += {place(std::type_identity<BufferDestroy>()), 0, take};
    life += {place(std::type_identity<PoolDestroy>()), 0, take, tell};
    write_seed(folder / "life", life);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    write_seeds<FromAgent>(folder / "from-agent", message<FromAgent>());
    write_seeds<ToAgent>(folder / "to-agent", message<ToAgent>());
    write_seeds<FromWarden>(folder / "from-warden", record<FromWarden>());
    write_seeds<ToWarden>(folder / "to-warden", record<ToWarden>());
    write_titles(folder / "titles");
    write_connections(folder / "connection");
    write_seeds<FromBroker>(folder / "from-broker", record<FromBroker>());
    write_seeds<ToBroker>(folder / "to-broker", record<ToBroker>());
}
