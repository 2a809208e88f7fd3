#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Says what apt would install with each package of /run/package into the
# system that this runs in, which has nothing but apt: lines "PACKAGE OTHER".
set -euo pipefail

for file in /run/package/*.deb; do
    name=$(dpkg-deb --field "$file" Package)
    [[ $name != *-dbgsym ]] || continue
    apt-get -s --no-install-recommends install "$file" |
        sed -n "s/^Inst \([^ ]*\) .*/$name \1/p" | grep -v " $name\$"
done
