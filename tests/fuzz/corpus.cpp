// SPDX-License-Identifier: MIT
// Writes a seed corpus: each struct of each list once as its default and a few times at random.
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

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2)
        return 2;
    const std::filesystem::path folder = argv[1];
    write_seeds<FromAgent>(folder / "from-agent", message<FromAgent>());
    write_seeds<ToAgent>(folder / "to-agent", message<ToAgent>());
    write_seeds<FromWarden>(folder / "from-warden", record<FromWarden>());
    write_seeds<ToWarden>(folder / "to-warden", record<ToWarden>());
    write_seeds<FromBroker>(folder / "from-broker", record<FromBroker>());
    write_seeds<ToBroker>(folder / "to-broker", record<ToBroker>());
}
