# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# Build directories, one for each purpose. Sourced by ./dev.

build_dir() { echo "$HERE/build/$1"; }

# What meson is told for each; the rest is its defaults in meson.build.
# The tests' input is in what tests and demo run, never in release or a package.
build_options() {
    case $1 in
    debug) echo "-Dtest_input=true" ;;
    # To be looked at and tried: no tests, and several files a run of the compiler, for half the time.
    product) echo "-Dtest_input=true -Dtests=false -Dunity=on -Dunity_size=8" ;;
    # -O1 -g1: sanitized code takes twice as long to compile, and a report
    # needs no more than lines.
    asan) echo "-Dtest_input=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1" \
        "-Dcpp_args=-g1" ;;
    fuzz) echo "-Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1" ;;
    release) echo "-Dtests=false -Dbench=true -Dtest_input=false -Dbuildtype=release -Ddebug=true" ;;
    esac
}

build_kind() {
    local kind=$1 dir options compilers=() lock protocols tier=build wanted=
    dir=$(build_dir "$kind")
    read -ra options <<<"$(build_options "$kind")"
    if [[ $NATIVE == yes ]]; then
        protocols=$(native_protocols)
        options+=("-Dwlr_protocols=$protocols")
    fi
    # Of the fuzz build only the targets are wanted, not all once more.
    [[ $kind != fuzz ]] || compilers=(CC=clang CXX=clang++) wanted='/fuzz-[a-z-]+' tier=check
    # Two ninjas in one directory would spoil each other's work. The lock lies
    # beside the directory, which meson wants to itself.
    mkdir -p "$HERE/build"
    exec {lock}>"$dir.lock"
    flock "$lock"
    NINJA_STATUS="[$kind %f/%t] " inside "$tier" -- \
        env "${compilers[@]}" ONLY="$wanted" bash "$HERE/scripts/compile.sh" "$dir" "${options[@]}" ||
        die "the $kind build failed"
    exec {lock}>&-
}

# On Debian 13 itself the protocol descriptions lie in the build folder, unless
# they are installed.
native_protocols() {
    local folder=/usr/share/wlr-protocols packages
    if [[ ! -d $folder ]]; then
        folder=$HERE/build/wlr-protocols
        mapfile -t packages < <(list_packages protocols)
        [[ -d $folder ]] || bash "$HERE/scripts/unpack-protocols.sh" "$folder" "${packages[@]}" >&2 ||
            die "cannot download ${packages[*]} (did 'apt-get update' run?)"
    fi
    echo "$folder"
}
