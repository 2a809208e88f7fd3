#!/bin/bash
# SPDX-License-Identifier: MIT
#
# compile.sh DIR OPTION...: sets up or changes a build directory with meson's
# options and compiles it, inside a root. meson speaks only when it fails.
# $ONLY is a regular expression for the programs wanted, if not all are.
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

targets=()
if [[ -n ${ONLY:-} ]]; then
    mapfile -t targets < <(ninja -C "$dir" -t targets all | sed -nE "s#^(.*$ONLY): cpp_LINKER\$#\\1#p")
    [[ ${#targets[@]} -gt 0 ]] || exit 0
fi
exec ninja -C "$dir" "${targets[@]}"
