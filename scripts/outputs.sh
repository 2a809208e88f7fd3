# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# Files that a command inside a root writes for the person outside. Sourced by
# ./dev.

# map_outputs ARGUMENTS: sets MAPPED to the arguments as the command inside
# must see them. The checkout is at its own path in there, so an output in it
# needs nothing; for one elsewhere its folder is shown as /out/N.
map_outputs() {
    MAPPED=()
    WRITTEN=()
    while [[ $# -gt 0 ]]; do
        case $1 in
        --)
            MAPPED+=("$@")
            return
            ;;
        --out=* | --json=* | --shot=*)
            map_output "${1#*=}"
            MAPPED+=("${1%%=*}=$OUTPUT")
            ;;
        --out | --json | --shot)
            [[ $# -ge 2 ]] || die "$1 wants a path"
            map_output "$2"
            MAPPED+=("$1" "$OUTPUT")
            shift
            ;;
        *) MAPPED+=("$1") ;;
        esac
        shift
    done
}

map_output() {
    local path=$1 folder
    folder=$(dirname "$path")
    mkdir -p "$folder" || die "cannot write to $path"
    folder=$(cd "$folder" && pwd -P)
    [[ -w $folder ]] || die "cannot write to $path"
    OUTPUT=$folder/$(basename "$path")
    [[ $NATIVE == no && $OUTPUT/ != "$HERE"/* ]] || return 0
    local shown=/out/${#WRITTEN[@]}
    EXTRA_BINDS+=$'\n'$folder$'\t'$shown
    WRITTEN+=("$OUTPUT")
    OUTPUT=$shown/$(basename "$path")
}

# The command knows its outputs by other names: say where they are.
tell_outputs() {
    local path
    for path in "${WRITTEN[@]}"; do
        [[ ! -e $path ]] || say "wrote $path"
    done
}
