#!/bin/bash
# SPDX-License-Identifier: MIT
#
# comes-with.sh PACKAGE.deb: installs it into the system that this runs in, which
# has nothing but apt, and says what came with it: lines "PACKAGE OTHER MARK",
# where MARK is x for what it cannot do without, and r for what apt installs
# because it is recommended. The package's programs have to start then.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

file=$1
package=$(dpkg-deb --field "$file" Package)
before=$(mktemp) needed=$(mktemp) log=$(mktemp)

installed() { dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii *//p' | sort; }

installed >"$before"
apt-get -s --no-install-recommends install "$file" | sed -n 's/^Inst \([^ ]*\) .*/\1/p' | sort >"$needed"
apt-get -qy -o Dpkg::Use-Pty=0 install "$file" >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    exit 1
}
installed | comm -13 "$before" - | while read -r other; do
    mark=r
    ! grep -qxF -- "$other" "$needed" || mark=x
    [[ $other == "$package" ]] || echo "$package $other $mark"
done

dpkg-query --listfiles "$package" | grep '^/usr/s\?bin/' | while read -r program; do
    "$program" --help >/dev/null
done
