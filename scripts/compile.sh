#!/bin/bash
# SPDX-License-Identifier: MIT
#
# compile.sh DIR OPTION...: sets up or changes a build directory with meson's
# options and compiles it, inside a root. meson speaks only when it fails.
set -euo pipefail

dir=$1
shift

# Options are named every time, so that a directory made from an older
# checkout follows a change of them.
action=(setup "$dir" "$SOURCE_DIR")
[[ ! -e $dir/build.ninja ]] || action=(configure "$dir")
meson "${action[@]}" "$@" >"$dir.log" 2>&1 || {
    grep -E 'ERROR|error:' "$dir.log" >&2 || cat "$dir.log" >&2
    echo "meson's whole output: $dir.log" >&2
    exit 1
}
exec ninja -C "$dir"
