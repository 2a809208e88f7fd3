#!/bin/bash
# SPDX-License-Identifier: MIT
#
# package.sh FOLDER [--lint]: the Debian packages of this checkout and, if asked
# for, what lintian says of them. What has not changed is not compiled again:
# ccache, and a folder that is kept.
set -euo pipefail

out=$1 lint=${2:-}
source=$out/source
mkdir -p "$source"
# As a clone would have it, without what builds leave behind. The submodules
# are not part of a package.
cd "$SOURCE_DIR"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
rm -rf "$source"
mkdir "$source"
git ls-files --cached --others --exclude-standard -z -- ':!hypervisor' |
    tar -c --null --files-from=- --ignore-failed-read | tar -x -C "$source"

cd "$source"
# -d: the build root has the protocol descriptions unpacked, in place of two
# packages that would bring a Rust library stack.
rm -f "$out"/made-of "$out"/*.deb "$out"/*.changes "$out"/*.buildinfo
DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" CCACHE_BASEDIR=$source \
    dpkg-buildpackage --build=binary --no-sign -d >"$out/build.log" 2>&1 || {
    grep -E 'error:|ERROR|dpkg-.*: error|dh_.*:' "$out/build.log" >&2 || tail -n 20 "$out/build.log" >&2
    echo "package: the whole output: $out/build.log" >&2
    exit 1
}
# What is shipped has no hands of the tests'.
sh tests/unit/compositor/no_virtual_input.sh debian/leadlight/usr/bin/leadlight package || {
    echo "package: the compositor would take virtual input" >&2
    exit 1
}
[[ $lint != --lint ]] ||
    lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$out"/*.changes
ls -- "$out"/*.deb
