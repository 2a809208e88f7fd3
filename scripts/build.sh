# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# Build directories, one for each purpose. Sourced by ./dev.

build_dir() { echo "$HERE/build/$1"; }

# What meson is told for each; the rest is its defaults in meson.build.
# Virtual input devices exist only in what the tests run, never in release.
build_options() {
    case $1 in
    debug) echo "-Dtest_input=true" ;;
    # -O1: sanitized code takes twice as long to compile at -O2, for nothing.
    asan) echo "-Dtest_input=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1" ;;
    fuzz) echo "-Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1" ;;
    release) echo "-Dtests=false -Dtest_input=false -Dbuildtype=release -Ddebug=true" ;;
    esac
}

build_kind() {
    local kind=$1 dir options compilers=() lock
    dir=$(build_dir "$kind")
    read -ra options <<<"$(build_options "$kind")"
    [[ $NATIVE == no ]] || options+=("-Dwlr_protocols=$(native_protocols)")
    # Of the fuzz build only the targets are wanted, not all once more.
    [[ $kind != fuzz ]] || compilers=(CC=clang CXX=clang++ "ONLY=/fuzz-[a-z-]+")
    # Two ninjas in one directory would spoil each other's work. The lock lies
    # beside the directory, which meson wants to itself.
    mkdir -p "$HERE/build"
    exec {lock}>"$dir.lock"
    flock "$lock"
    NINJA_STATUS="[$kind %f/%t] " inside "$BUILD_TIER" -- \
        env "${compilers[@]}" bash "$HERE/scripts/compile.sh" "$dir" "${options[@]}" ||
        die "the $kind build failed"
    exec {lock}>&-
}

# On Debian 13 itself the protocol descriptions lie in the build folder.
native_protocols() {
    local folder=$HERE/build/wlr-protocols
    [[ -d $folder ]] || (
        # shellcheck disable=SC2046  # a list of names
        bash "$HERE/scripts/unpack-protocols.sh" "$folder" $(list_packages protocols) >&2
    )
    echo "$folder"
}
