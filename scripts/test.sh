# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# ./dev test. Sourced by ./dev.

FUZZ_SECONDS=10

command_test() {
    local tier=${1:-all}
    [[ $# -eq 0 ]] || shift
    case $tier in
    all) test_all yes ;;
    quick) test_all no ;;
    xen) test_xen "$@" ;;
    hostile) test_hostile "$@" ;;
    long) test_long "$@" ;;
    *) die "test: what is '$tier'? (quick, xen, hostile, long or nothing)" ;;
    esac
}

test_all() {
    local everything=$1 failed=0
    rm -rf "$HERE/build/results"
    mkdir -p "$HERE/build/results"
    test_kind debug check unit integration || failed=1
    test_kind debug x11 x11 || failed=1
    test_programs || failed=1
    if [[ $everything == yes ]]; then
        test_kind asan check unit integration || failed=1
        test_kind asan x11 x11 || failed=1
        test_fuzz || failed=1
    fi
    # The sum is printed last, and is what CI reads.
    inside build -- python3 "$HERE/scripts/count-tests.py" "$HERE/build/results" || failed=1
    return "$failed"
}

# Its last part boots the packages, on the disks of ./dev xen.
test_xen() {
    if asks_for_help "$@"; then
        BUILD_DIR=$(build_dir debug) inside xen -- "$HERE/tests/xen/run" --help
        return
    fi
    [[ " $* " =~ " "(pv|pvh|windows|limits|hostile)" " && " $* " != *" session "* ]] || lay_systems
    run_part xen debug tests/xen/run "$@"
}

# What it attacks is of one build or the other.
test_hostile() {
    [[ " $* " != *" --sanitized "* ]] || build_kind asan
    run_part check debug tests/hostile/run "$@"
}

# Its fuzzers run in the root of the real programs.
test_long() {
    build_kind fuzz
    run_part apps debug tests/long/run "$@"
}

# test_kind KIND TIER SUITE...
test_kind() {
    local kind=$1 tier=$2 suites=() suite
    shift 2
    build_kind "$kind"
    for suite in "$@"; do
        suites+=(--suite "$suite")
    done
    say "tests of the $kind build: $*"
    BUILD_DIR=$(build_dir "$kind") inside "$tier" -- bash "$HERE/scripts/run-meson-tests.sh" \
        "$HERE/build/results/$kind-$tier" "${suites[@]}"
}

# Real programs, of the root that the demo has them in; and the demo, which fails unless what it typed arrived.
test_programs() {
    local failed=0
    say "tests with real programs"
    BUILD_DIR=$(build_dir debug) inside demo -- "$HERE/tests/programs/run" "$HERE/build/results/programs.json" ||
        failed=1
    say "the demo"
    BUILD_DIR=$(build_dir debug) inside demo -- "$HERE/demo/run" --out "$HERE/build/results/demo.png" || failed=1
    return "$failed"
}

# Every fuzz target, briefly, from its seeds: finds what a change broke, not
# what nobody thought of.
test_fuzz() {
    build_kind fuzz
    BUILD_DIR=$(build_dir fuzz) inside check -- bash "$HERE/scripts/run-fuzzers.sh" \
        "$HERE/build/results/fuzz.json" "$FUZZ_SECONDS"
}
