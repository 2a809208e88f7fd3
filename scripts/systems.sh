# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# The systems that ./dev xen boots: the dom0 and the template root with
# Leadlight's packages installed into them by apt, as whole read-only disks.
# Sourced by ./dev. A disk is named after a hash of all that it comes from.

# Each of our packages in a system of its own that has nothing but apt: what comes
# with it is what docs/stack.md says.
check_what_comes_along() {
    local file package clean=$CACHE/systems/clean
    local binds=$DEBS/lists$'\t'/var/lib/apt/lists$'\n'$DEBS/archives$'\t'/var/cache/apt/archives
    binds+=$'\n'$HERE/build/package$'\t'/run/package$'\n'$HERE/scripts$'\t'/run/scripts
    [[ $NATIVE == no ]] || return 0
    ensure_base
    mkdir -p "$DEBS/archives"
    for package in leadlight leadlight-agent; do
        say "installing $package into a clean Debian 13"
        file=$(basename "$HERE/build/package/${package}"_*.deb)
        as_root_of_roots rm -rf "$clean"
        mkdir -p "$clean"
        as_root_of_roots tar -x -C "$clean" --exclude='./dev/*' -f "$DEBS/base-$RELEASE.tar"
        enter kept "$clean" "$binds" / -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
            bash /run/scripts/comes-with.sh "/run/package/$file" ||
            die "apt cannot install $package into a clean Debian 13"
        as_root_of_roots rm -rf "$clean"
    done >"$HERE/build/package/comes-with"
    (cd "$HERE" && inside build -- python3 scripts/stack.py --packages <build/package/comes-with)
}

# The packages, made again when something that they come from has changed: a boot
# of what stands already should not begin with a minute of packing.
ensure_packages() {
    local made_of=$HERE/build/package/made-of
    [[ ! -e $made_of || $(<"$made_of") != "$(packages_sources)" ]] || return 0
    say "making the packages"
    make_packages xen >/dev/null || die "no packages, so no systems"
}

# make_packages TIER [--lint]
make_packages() {
    local tier=$1 sources
    shift
    sources=$(packages_sources)
    inside "$tier" -- bash "$HERE/scripts/package.sh" "$HERE/build/package" "$@" &&
        echo "$sources" >"$HERE/build/package/made-of"
}

packages_sources() {
    (cd "$HERE" && git -c safe.directory='*' ls-files --cached --others --exclude-standard -z -- \
        ':!hypervisor' ':!tests' ':!bench' ':!demo' ':!packages' ':!scripts' ':!dev' ':!.ci' ':!docs/images' ':!*.md' |
        sort -z | xargs -0 sha256sum 2>/dev/null | sha256sum)
}

# What of each package goes where; the rest of a system is its tier's list.
system_package() {
    case $1 in
    dom0) echo leadlight ;;
    template) echo leadlight-agent ;;
    esac
}

system_disk() {
    local tier=$1 package
    package=$(echo "$HERE/build/package/$(system_package "$tier")"_*.deb)
    {
        tier_hash "$tier"
        tier_hash xen
        # Not the .deb, which has the time of its making in it.
        dpkg-deb --fsys-tarfile "$package" | sha256sum
        dpkg-deb --field "$package"
        (cd "$HERE/tests/xen" && find systems images.py -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum)
    } | sha256sum | cut -c1-12 | sed "s#.*#$CACHE/systems/$tier-&.erofs#"
}

# ensure_system TIER: needs the packages in build/package, and its root and that of the xen tier.
ensure_system() {
    local tier=$1 disk tree log=$CACHE/log/system-$1.log start=$SECONDS
    disk=$(system_disk "$tier")
    [[ ! -e $disk ]] || return 0
    mkdir -p "$CACHE/systems"
    tree=$CACHE/systems/$tier
    as_root_of_roots rm -rf "$tree" "$disk.part"
    as_root_of_roots cp -a --reflink=auto "$(tier_root "$tier")" "$tree"
    say "installing $(system_package "$tier") into the $tier system"
    local binds="$DEBS/archives"$'\t'/var/cache/apt/archives
    binds+=$'\n'"$DEBS/lists"$'\t'/var/lib/apt/lists
    binds+=$'\n'"$HERE/build/package"$'\t'/run/package
    binds+=$'\n'"$HERE/tests/xen/systems"$'\t'/run/systems
    binds+=$'\n'/etc/resolv.conf$'\t'/etc/resolv.conf
    enter kept "$tree" "$binds" / -- \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "http_proxy=$(apt_proxy)" \
        bash /run/systems/install "$tier" "$(system_package "$tier")" \
        </dev/null >"$log" 2>&1 || fail_with_log "cannot make the $tier system" "$log"
    EXTRA_BINDS+=$'\n'$CACHE/systems$'\t'/var/cache/leadlight-systems
    inside xen -- python3 "$HERE/tests/xen/systems/disk.py" \
        "$tier" "/var/cache/leadlight-systems/$tier" "/var/cache/leadlight-systems/${disk##*/}.part" \
        "$HERE/build/xen-images" >>"$log" 2>&1 || fail_with_log "cannot make the $tier disk" "$log"
    as_root_of_roots rm -rf "$tree"
    local old
    for old in "$CACHE/systems/$tier"-*.erofs; do
        rm -f "$old"
    done
    mv "$disk.part" "$disk"
    say "the $tier system is ready after $((SECONDS - start)) s"
}

# Both disks, shown to what runs in the xen tier from here on.
lay_systems() {
    local name disk roots
    # They are roots of their own, whatever this machine is.
    [[ $NATIVE == no ]] || die "the systems for Xen are made of Debian 13 roots: run this without --native"
    ensure_tier xen
    # What these wait for is the disk and the network, and the packages for the processors.
    (
        ensure_tier dom0
        ensure_tier template
    ) &
    roots=$!
    ensure_packages
    wait "$roots" || exit 1
    for name in dom0 template; do
        ensure_system "$name"
        disk=$(system_disk "$name")
        EXTRA_BINDS+=$'\n'$disk$'\t'/run/systems/$name.erofs
    done
    export LEADLIGHT_DOM0_DISK=/run/systems/dom0.erofs LEADLIGHT_TEMPLATE_DISK=/run/systems/template.erofs
}
