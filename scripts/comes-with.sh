#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Says what apt installs with each package of /run/package into the system that
# this runs in, which has nothing but apt: lines "PACKAGE OTHER". Then both are
# installed indeed, and their programs have to start.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

files=()
for file in /run/package/*.deb; do
    name=$(dpkg-deb --field "$file" Package)
    [[ $name != *-dbgsym ]] || continue
    files+=("$file")
    apt-get -s --no-install-recommends install "$file" |
        sed -n "s/^Inst \([^ ]*\) .*/$name \1/p" | grep -v " $name\$"
done

apt-get -qy --no-install-recommends -o Dpkg::Use-Pty=0 install "${files[@]}" >/tmp/install.log 2>&1 || {
    tail -n 20 /tmp/install.log >&2
    exit 1
}
for program in leadlight leadlightctl leadlightd leadlight-agent; do
    "$program" --help >/dev/null
done
