#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: xen_setting.sh SETTING
#
# What Xen is started with when GRUB has read the package's setting, after the administrator's.
set -eu
setting=$1

# gives BEFORE DEFAULT: after the assignments BEFORE, as in grub-mkconfig.
gives() {
    line=$(env -u GRUB_CMDLINE_XEN -u GRUB_CMDLINE_XEN_DEFAULT sh -euc "$1
        . \"$setting\"
        echo \"\${GRUB_CMDLINE_XEN:-}|\$GRUB_CMDLINE_XEN_DEFAULT\"")
    [ "$line" = "$2" ] || { echo "after '$1': '$line', not '$2'" >&2; exit 1; }
}
gives '' '| gnttab_max_maptrack_frames=4096'
gives 'GRUB_CMDLINE_XEN_DEFAULT=' '| gnttab_max_maptrack_frames=4096'
gives 'GRUB_CMDLINE_XEN_DEFAULT=dom0_mem=4G' '|dom0_mem=4G gnttab_max_maptrack_frames=4096'
gives 'GRUB_CMDLINE_XEN_DEFAULT="a gnttab_max_maptrack_frames=8192"' '|a gnttab_max_maptrack_frames=8192'
gives 'GRUB_CMDLINE_XEN=gnttab_max_maptrack_frames=64; GRUB_CMDLINE_XEN_DEFAULT=a' \
    'gnttab_max_maptrack_frames=64|a'

# Debian's packages read theirs before.
name=$(sed -n "s/.*rename: '\(.*\.cfg\)').*/\1/p" "$(dirname "$setting")/meson.build")
last=$(printf '%s\n' xen.cfg init-select.cfg kexec.cfg "$name" | LC_ALL=C sort | tail -n1)
if [ -z "$name" ] || [ "$last" != "$name" ]; then
    echo "'$name' is not read last" >&2
    exit 1
fi
