// SPDX-License-Identifier: MIT
#include "compositor/config/config.hpp"

#include <xkbcommon/xkbcommon-keysyms.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace leadlight;
using namespace leadlight::compositor;
using policy::Action;

namespace {

std::optional<Action> match(const Config& config, policy::Modifiers held, policy::KeySym key) {
    return config.hotkeys.match(held, std::array{key});
}

// A file that is there for the test's duration.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& text) {
        const int fd = mkstemp(path_.data());
        REQUIRE(fd >= 0);
        close(fd);
        std::ofstream(path_) << text;
    }
    ~TemporaryFile() { std::remove(path_.c_str()); }
    const std::string& path() const { return path_; }

  private:
    std::string path_ = "/tmp/leadlight-config-XXXXXX";
};

}  // namespace

TEST_CASE("an empty file is the defaults") {
    const auto config = parse_config("");
    REQUIRE(config);
    CHECK(config->domains.empty());
    CHECK(config->labels.size() == 8);
    CHECK(config->keyboard.layout == "us");
    CHECK(match(*config, {.super = true}, XKB_KEY_q) == Action::close_window);
    CHECK(match(*config, {.super = true}, XKB_KEY_Tab) == Action::next_window);
}

TEST_CASE("all that a file can say") {
    const auto config = parse_config(R"(
[domain.work]
label = "blue"
address = "local:/run/work"
[domain.lab]
label = "teal"
address = "xen:7:1"
[domain.tiny]
label = { name = "sand", colour = "c8a878", pattern = "checks" }
address = "local:/run/tiny"
[label.teal]
colour = "#008f8f"
pattern = "dots"
[keys]
close-window = ["Alt+F4", "Super+W"]
maximize = ""
fullscreen = "Super+Q"
[input]
layout = "de,ru"
options = "grp:alt_shift_toggle"
repeat-rate = 0
repeat-delay = 200
tap = true
speed = -1
acceleration = "flat"
scroll = "edge"
[appearance]
scale = 1.25
cursor-theme = "Adwaita"
cursor-size = 32
[output.DP-1]
scale = 2
position = [-1920, 0]
mode = "2560x1440@59.95"
[output."HEADLESS-1"]
enabled = false
mode = "800x600"
)");
    REQUIRE(config);
    REQUIRE(config->domains.size() == 3);
    CHECK(config->domains[0].label == *theming::standard_label("blue"));
    CHECK(config->domains[1].label ==
          theming::Label{"teal", {0, 0x8f, 0x8f}, theming::Pattern::dots});
    CHECK(config->domains[1].address == grants::Address{grants::XenAddress{7, 1}});
    CHECK(config->domains[2].label.name == "sand");
    CHECK(config->label("sand") != nullptr);

    CHECK(match(*config, {.alt = true}, XKB_KEY_F4) == Action::close_window);
    CHECK(match(*config, {.super = true}, XKB_KEY_w) == Action::close_window);
    // The file's own choice takes a default's chord; what is set to nothing has none.
    CHECK(match(*config, {.super = true}, XKB_KEY_q) == Action::fullscreen);
    CHECK_FALSE(match(*config, {.super = true}, XKB_KEY_m));
    CHECK_FALSE(match(*config, {.super = true}, XKB_KEY_f));

    CHECK(config->keyboard.layout == "de,ru");
    CHECK(config->keyboard.repeat_rate == 0);
    CHECK(config->keyboard.repeat_delay == 200);
    CHECK(config->pointer.tap == true);
    CHECK_FALSE(config->pointer.natural_scroll);
    CHECK(config->pointer.speed == -1);
    CHECK(config->pointer.acceleration == PointerConfig::Acceleration::flat);
    CHECK(config->pointer.scroll == PointerConfig::Scroll::edge);
    CHECK(config->appearance == Appearance{150, "Adwaita", 32});

    const OutputConfig* output = find_output(config->outputs, "DP-1");
    REQUIRE(output != nullptr);
    CHECK(output->scale == 240);
    CHECK(output->position == policy::Point{-1920, 0});
    CHECK(output->mode == OutputMode{2560, 1440, 59950});
    REQUIRE(find_output(config->outputs, "HEADLESS-1") != nullptr);
    CHECK_FALSE(find_output(config->outputs, "HEADLESS-1")->enabled);
    CHECK(find_output(config->outputs, "DP-2") == nullptr);
}

TEST_CASE("a standard label may be given another look") {
    const auto config = parse_config("[domain.a]\nlabel = \"blue\"\naddress = \"local:/a\"\n"
                                     "[label.blue]\ncolour = \"#1040d0\"\n");
    REQUIRE(config);
    CHECK(config->labels.size() == 8);
    CHECK(config->domains.at(0).label.colour == theming::Rgb{0x10, 0x40, 0xd0});
}

TEST_CASE("every mistake has its line and a reason") {
    struct Row {
        const char* text;
        int line;
        const char* reason;  // is in the message
    };
    const auto row = GENERATE(
        Row{"[domain.work\n", 1, ""}, Row{"\n\nx = = 1\n", 3, ""},
        Row{"[domain.a]\nlabel = \"red\"\nlabel = \"blue\"\n", 3, ""},
        Row{"[domains]\n", 1, "unknown key 'domains'; it is one of: label, domain"},
        Row{"domain = 3\n", 1, "'domain' is a section"},
        Row{"[domain]\nwork = \"blue\"\n", 2, "'work' is a section: [domain.work]"},
        Row{"[domain.\"a b\"]\nlabel=\"red\"\naddress=\"local:/a\"\n", 1, "1 to 31 characters"},
        Row{"[domain.\"\"]\nlabel=\"red\"\naddress=\"local:/a\"\n", 1, "1 to 31 characters"},
        Row{"[domain.admin]\nlabel=\"red\"\naddress=\"local:/a\"\n", 1, "names the admin domain"},
        Row{"[domain.a]\naddress = \"local:/a\"\n", 1, "[domain.a] has no label"},
        Row{"[domain.a]\nlabel = \"red\"\nuuid = \"12\"\n", 3, "is no uuid"},
        Row{"[domain.a]\nlabel = \"red\"\naddress = \"local:/a\"\nuuid = \"12\"\n", 4,
            "[domain.a] has an address"},
        Row{"[domain.a]\nlabel = \"red\"\nuuid = \"3af0a1e2-7b00-4c12-9d6f-000000000001\"\n"
            "[domain.b]\nlabel = \"blue\"\nuuid = \"3AF0A1E27B004C129D6F000000000001\"\n",
            6, "domain 'a' has the same uuid"},
        Row{"[unknown-domains]\nlabel = \"mauve\"\n", 2, "no label 'mauve'"},
        Row{"[domain.a]\n\nlabel = \"mauve\"\naddress = \"local:/a\"\n", 3, "no label 'mauve'"},
        Row{"[domain.a]\nlabel = 7\naddress = \"local:/a\"\n", 2, "'label' is a section"},
        Row{"[domain.a]\nlabel = \"red\"\naddress = \"tcp:1\"\n", 3, "starts with local: or xen:"},
        Row{"[domain.a]\nlabel = \"red\"\naddress = 5\n", 3, "'address' is a text"},
        Row{"[domain.a]\nlabel = \"red\"\naddress = \"local:/a\"\nlable = \"red\"\n", 4,
            "unknown key 'lable' in [domain.a]; it is one of: label, address, uuid"},
        Row{"[domain.a]\nlabel = \"red\"\naddress = \"local:/x\"\n"
            "[domain.b]\nlabel = \"blue\"\naddress = \"local:/x\"\n",
            6, "domain 'a' has the same address"},
        Row{"[domain.a]\nlabel = {colour = \"#123456\"}\naddress = \"local:/a\"\n", 2, "name"},
        Row{"[domain.a]\nlabel = {name = \"red\", colour = \"#123456\"}\naddress = \"local:/a\"\n",
            2, "'red' already"},
        Row{"[label.x]\npattern = \"dots\"\n", 1, "no colour"},
        Row{"[label.x]\ncolour = \"blueish\"\n", 2, "#rrggbb"},
        Row{"[label.x]\ncolour = \"#008f8f\"\npattern = \"zebra\"\n", 3, "rising, falling"},
        Row{"[label.x]\ncolour = \"#cc0102\"\n", 2, "too close to label red"},
        Row{"[label.x]\ncolour = \"#e6e8ec\"\n", 2, "admin domain's frame"},
        Row{"[keys]\nexplode = \"Super+E\"\n", 2, "no action 'explode'"},
        // To bind it would look like safety.
        Row{"[keys]\nlock = \"Super+L\"\n", 2, "no action 'lock'"},
        Row{"[keys]\nmaximize = \"Hyper+E\"\n", 2, "'Hyper+E'"},
        Row{"[keys]\nmaximize = \"a\"\n", 2, "'a'"}, Row{"[keys]\nmaximize = 4\n", 2, "hotkey"},
        Row{"[keys]\nmaximize = [4]\n", 2, "hotkey"},
        Row{"[keys]\nmaximize = \"Super+X\"\nfullscreen = [\"Super+Y\", \"Super+X\"]\n", 3,
            "'fullscreen' has the hotkey of 'maximize'"},
        Row{"[input]\nlayout = \"narnia\"\n", 2, "no keymap for layout 'narnia'"},
        Row{"[input]\nrepeat-rate = 9000\n", 2, "a whole number from 0 to 200"},
        Row{"[input]\nrepeat-rate = \"fast\"\n", 2, "a whole number from 0 to 200"},
        Row{"[input]\ntap = 1\n", 2, "true or false"},
        Row{"[input]\nspeed = nan\n", 2, "a number from -1 to 1"},
        Row{"[input]\nscroll = \"up\"\n", 2, "one of: none, two-finger, edge, button"},
        Row{"[input]\ntapp = true\n", 2, "unknown key 'tapp' in [input]"},
        Row{"[appearance]\nscale = 0.5\n", 2, "a number from 1 to 4"},
        Row{"[appearance]\nscale = 1979-05-27\n", 2, "a number from 1 to 4"},
        Row{"[output.DP-1]\nscale = 1.33\n", 2, "in steps of 0.25"},
        Row{"[appearance]\ncursor-size = 500\n", 2, "from 8 to 128"},
        Row{"[output.A]\nmode = \"big\"\n", 2, "'big' is no mode"},
        Row{"[output.A]\nmode = \"800x600@5000\"\n", 2, "is no mode"},
        Row{"[output.A]\nmode = \"-800x600\"\n", 2, "is no mode"},
        Row{"[output.A]\nmode = \"99999x600\"\n", 2, "is no mode"},
        Row{"[output.A]\nmode = \"800x600@60Hz\"\n", 2, "is no mode"},
        Row{"[output.A]\nposition = [1]\n", 2, "[x, y]"},
        Row{"[output.A]\nposition = [1, 99999]\n", 2, "[x, y]"},
        // The first in the file is named, though labels are read before domains.
        Row{"[domain.a]\nlabel = 1\naddress = \"local:/a\"\n[label.x]\ncolour = \"?\"\n", 2,
            "'label'"});
    CAPTURE(row.text);
    const auto config = parse_config(row.text);
    REQUIRE_FALSE(config);
    CAPTURE(config.error().message);
    CHECK(config.error().line == row.line);
    CHECK(config.error().message.contains(row.reason));
    CHECK_FALSE(config.error().message.empty());
    CHECK_FALSE(config.error().message.contains('\n'));
}

TEST_CASE("a file's mistake is one line that begins with its name") {
    const TemporaryFile file("[input]\ntap = 1\n");
    const auto config = load_config(file.path());
    REQUIRE_FALSE(config);
    CHECK(config.error() == file.path() + ":2: 'tap' is true or false");

    CHECK(load_config("/nonexistent/x.toml").error() ==
          "/nonexistent/x.toml: No such file or directory");
    CHECK(load_config("/tmp").error() == "/tmp: Is a directory");
    const TemporaryFile large(std::string(2 * 1024 * 1024, '#'));
    CHECK(load_config(large.path()).error().contains("1 MiB"));
}

TEST_CASE("where the administrator's word is wanted, a file that others may write is refused") {
    const TemporaryFile file("[input]\ntap = true\n");
    chmod(file.path().c_str(), 0644);
    const bool root = geteuid() == 0;
    CHECK(load_config(file.path(), WrittenBy::administrator).has_value() == root);
    for (const mode_t mode : {0664, 0646}) {
        chmod(file.path().c_str(), mode);
        const auto config = load_config(file.path(), WrittenBy::administrator);
        REQUIRE_FALSE(config);
        CHECK(config.error() ==
              file.path() + ": not root's alone to write, so not the administrator's");
        CHECK(load_config(file.path()));
    }
    if (root) {
        chmod(file.path().c_str(), 0644);
        REQUIRE(chown(file.path().c_str(), 1000, 0) == 0);
        CHECK_FALSE(load_config(file.path(), WrittenBy::administrator));
    }
    CHECK_FALSE(load_config("/dev/null", WrittenBy::administrator));
}

TEST_CASE("a file of the person's that cannot be looked at is not passed over") {
    const std::filesystem::path home =
        std::filesystem::temp_directory_path() / ("leadlight-config-" + std::to_string(getpid()));
    std::filesystem::create_directories(home / "leadlight");
    setenv("XDG_CONFIG_HOME", home.c_str(), 1);
    CHECK(default_config_path() != home / "leadlight/leadlight.toml");
    // A link to itself.
    std::filesystem::create_symlink("leadlight.toml", home / "leadlight/leadlight.toml");
    CHECK(default_config_path() == home / "leadlight/leadlight.toml");
    unsetenv("XDG_CONFIG_HOME");
    std::filesystem::remove_all(home);
}

TEST_CASE("the example is a configuration, and its comments are too") {
    const auto example = load_config(LEADLIGHT_SOURCE "/docs/leadlight.toml");
    INFO((example ? "" : example.error()));
    REQUIRE(example);
    CHECK(example->guests.size() == 3);

    // Uncommented, every key that it shows must be one that exists, and a default that it names
    // must be the default.
    std::ifstream file(LEADLIGHT_SOURCE "/docs/leadlight.toml");
    std::string text;
    for (std::string line; std::getline(file, line);) {
        const bool shows_key = line.starts_with("# ") &&
                               (line.contains(" = ") || line.starts_with("# [")) &&
                               !line.contains("leadlight");
        text += (shows_key ? line.substr(2) : line) + "\n";
    }
    const auto all = parse_config(text);
    INFO((all ? "" : all.error().message));
    REQUIRE(all);
    CHECK(all->guests.size() == 3);
    CHECK(all->domains.size() == 1);
    CHECK(all->unknown_label == default_unknown_label());
    CHECK(all->keyboard == Config().keyboard);
    CHECK(all->appearance == Config().appearance);
    CHECK(all->limits.budgets == Config().limits.budgets);
    CHECK(all->hotkeys == Config().hotkeys);
    CHECK(find_output(all->outputs, "DP-1") != nullptr);
}

TEST_CASE("limits are in MiB, and no domain may have more than all together") {
    const auto some = parse_config("[limits]\nmemory-per-domain = 1\nmemory = 3\n"
                                   "windows-per-domain = 2\nmaptrack-frames = 4096");
    REQUIRE(some);
    CHECK(some->limits.budgets.pages_per_domain == 256);
    CHECK(some->limits.budgets.pages_in_all == 768);
    CHECK(some->limits.budgets.windows_per_domain == 2);
    CHECK(some->limits.maptrack_frames == 4096);
    CHECK(parse_config("[limits]\nmemory-per-domain = 0").error().line == 2);
    CHECK(parse_config("[limits]\nmemory = 2\nmemory-per-domain = 3").error().line == 3);
    CHECK(parse_config("[limits]\nmemory = 2").error().message.contains("all together"));
}

TEST_CASE("no domain is called what cannot be one") {
    CHECK_FALSE(domain_name_problem("work.mail-2_x"));
    CHECK(domain_name_problem(std::string(31, 'a')) == std::nullopt);
    CHECK(domain_name_problem(std::string(32, 'a')));
    CHECK(domain_name_problem("../etc"));
    CHECK(domain_name_problem("a\nb"));
    CHECK(domain_name_problem("admin"));
}

TEST_CASE("guests of Xen are named by uuid or by name, and others are told apart") {
    const auto config = parse_config(R"(
[domain.work]
label = "blue"
[domain.mail]
label = "green"
uuid = "3af0a1e2-7b00-4c12-9d6f-0000000000ff"
)");
    REQUIRE(config);
    CHECK(config->domains.empty());
    REQUIRE(config->guests.size() == 2);
    CHECK(config->guests[0].name == "work");
    CHECK(!config->guests[0].uuid);
    REQUIRE(config->guests[1].uuid);
    CHECK(config->guests[1].uuid->front() == 0x3a);
    CHECK(config->guests[1].uuid->back() == 0xff);
    CHECK(config->unknown_label == default_unknown_label());
}

TEST_CASE("unknown guests look like none that is named, or are not shown") {
    CHECK(!theming::label_problem(default_unknown_label(), theming::standard_labels()));
    CHECK(!parse_config("[unknown-domains]\nshow = false\n")->unknown_label);
    CHECK(parse_config("[unknown-domains]\nlabel = \"gray\"\n")->unknown_label->name == "gray");
    // A label of the file that is like ours: nobody could tell the two apart.
    CHECK(!parse_config("[label.pink]\ncolour = \"#ff50d8\"\n")->unknown_label);
}
