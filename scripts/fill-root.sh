#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Runs inside a root that is being made: installs the packages named, lays
# down the protocol descriptions and the user. Started by scripts/roots.sh.
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true

settle_apt() {
    # The root is thrown away when it fails, so it need not survive a crash;
    # the cache is shared with the host's user, so no other user downloads.
    cat >/etc/apt/apt.conf.d/90leadlight <<'END'
APT::Install-Recommends "false";
APT::Sandbox::User "root";
APT::Keep-Downloaded-Packages "true";
Acquire::Retries "3";
Acquire::Languages "none";
DPkg::Options { "--force-unsafe-io"; };
END
    # Nothing is started while packages are set up.
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    # Documents are a fifth of the files; our own man pages are checked with
    # man, which needs none of theirs.
    cat >/etc/dpkg/dpkg.cfg.d/90leadlight <<'END'
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
END
    # Indexing man pages takes longer than installing them.
    echo 'man-db man-db/auto-update boolean false' | debconf-set-selections
}

install_packages() {
    # Old lists do while nothing newer is to be had: a root can be made again
    # without a network.
    apt-get -o APT::Update::Error-Mode=any update ||
        echo "W: cannot refresh the package lists, going on with the old ones"
    apt-get -y dist-upgrade
    apt-get -y install "$@"
    # Versions that the archive has replaced would pile up in the shared cache.
    apt-get autoclean >/dev/null
}

lay_protocols() {
    [[ -n $PROTOCOLS ]] || return 0
    # shellcheck disable=SC2086  # a list of names
    bash "$(dirname "$0")/unpack-protocols.sh" /usr/share/wlr-protocols $PROTOCOLS
}

lay_user() {
    # Programs of guests run as this one: browsers refuse root, and Xwayland
    # accepts only its own user.
    id user >/dev/null 2>&1 ||
        useradd --uid 1000 --user-group --create-home --shell /bin/bash user
    # The checkout can lie below /root, at the same path as outside.
    chmod 755 /root
    [[ -s /etc/machine-id ]] ||
        echo 6c6561646c696768742d726f6f740000 >/etc/machine-id
}

settle_apt
install_packages "$@"
lay_protocols
lay_user
