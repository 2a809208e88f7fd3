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
    test_run || failed=1
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
    [[ " $* " =~ " "(pv|pvh|windows|defaults|limits|hostile)" " && " $* " != *" session "* ]] || lay_systems
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

# ./dev run in a window of an X server that nobody sees, ./dev domain on it, and a line typed through both.
test_run() {
    local folder=$HERE/build/results/nested result=FAIL
    say "the desktop in a window"
    rm -rf "$folder"
    mkdir -p "$folder"
    [[ -d /tmp/.X11-unix ]] || mkdir -m 1777 /tmp/.X11-unix
    if in_a_window "$folder" >"$folder/log" 2>&1; then
        result=OK
    else
        tail -n 20 "$folder/log" >&2
    fi
    echo "{\"name\": \"run-in-a-window\", \"result\": \"$result\", \"stdout\": \"\"}" >"$HERE/build/results/nested.json"
    [[ $result == OK ]]
}

# A subshell: it ends with all that it started.
in_a_window() (
    folder=$1 colour=204060 text='through a window of a window'
    # Not that of a desktop which a developer has up.
    export SESSION_FILE=$folder/session SESSION_KIND=debug
    unset WAYLAND_DISPLAY
    trap 'kill $(jobs -p) 2>/dev/null' EXIT
    EXTRA_BINDS+=$'\n'/tmp/.X11-unix$'\t'/tmp/.X11-unix
    export XAUTHORITY=$folder/cookie
    make_cookie >"$XAUTHORITY"
    inside x11 -- Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -auth "$XAUTHORITY" -fbdir "$folder" \
        3>"$folder/display" &
    within 60 test -s "$folder/display" || return 1
    DISPLAY=:$(<"$folder/display")
    export DISPLAY
    (command_run) &
    within 60 is_on_it true || return 1
    # shellcheck disable=SC2016 # for the shell in the terminal
    is_on_it foot --config=/dev/null --override=colors.background=$colour --window-size-chars=40x8 \
        sh -c 'printf "\033[?25l"; IFS= read -r line; echo "$line" >typed; sleep 60' &
    HOST_ENVIRONMENT+=("DISPLAY=$DISPLAY" "XAUTHORITY=$XAUTHORITY")
    BUILD_DIR=$(build_dir debug) inside x11 -- "$HERE/tests/nested/look" "$folder" $colour "$text" || return 1
    within 20 is_on_it grep -qx "$text" typed || return 1
    # Its pointer is that output's.
    ! grep -q "Cannot map device" "$folder/log"
)
is_on_it() { (command_domain work --label blue -- "$@"); }

# An X server's key, in the form of a .Xauthority: family (any), address, display (any), name, 16 bytes. Nobody
# else on this machine is to type into what this test has up.
make_cookie() {
    printf '\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x10'
    head -c 16 /dev/urandom
}

# within SECONDS COMMAND...: until it succeeds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [[ $SECONDS -lt $end ]] || return 1
        sleep 0.5
    done
}

# Every fuzz target, briefly, from its seeds: finds what a change broke, not
# what nobody thought of.
test_fuzz() {
    build_kind fuzz
    BUILD_DIR=$(build_dir fuzz) inside check -- bash "$HERE/scripts/run-fuzzers.sh" \
        "$HERE/build/results/fuzz.json" "$FUZZ_SECONDS"
}
