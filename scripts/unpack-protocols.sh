#!/bin/bash
# SPDX-License-Identifier: MIT
#
# unpack-protocols.sh FOLDER PACKAGE...: downloads the packages and lays the
# protocol descriptions (XML) that they hold flat into the folder.
set -euo pipefail

folder=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
# apt-get download does not look at what is already there, so we do.
archives=/var/cache/apt/archives
apt-get download --print-uris "$@" | while read -r _ name _; do
    if [[ -e $archives/$name ]]; then
        cp "$archives/$name" .
    else
        apt-get download "${name%%_*}"
        [[ ! -w $archives ]] || cp "$name" "$archives/"
    fi
    dpkg -x "$name" unpacked
done

# The versions in these paths change, so they are globbed.
registry=unpacked/usr/share/cargo/registry
mkdir "$work/flat"
install -m 644 -t flat \
    "$registry"/wayland-protocols-wlr-*/wlr-protocols/unstable/*.xml \
    "$registry"/wayland-protocols-misc-*/protocols/*.xml
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
mv flat "$folder"
