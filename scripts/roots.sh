# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# The Debian 13 roots. Sourced by ./dev.
#
#   base.tar  apt and what it needs, by mmdebstrap
#   build     base plus packages/build.list
#   check     a copy of build plus packages/check.list
#   x11       a copy of check plus packages/x11.list
#   demo      a copy of build plus packages/demo.list
#   apps      a copy of demo plus packages/apps.list
#   xen       a copy of build plus packages/xen.list
#   dom0      base plus packages/dom0.list: the admin domain of ./dev xen
#   template  base plus packages/template.list: the system of its guests
#
# A root is named after a hash of the lists that it comes from, is made under
# another name and renamed when it is complete: what has the right name is
# whole. .debs and package lists are kept, so making one again downloads
# next to nothing.

RELEASE=trixie
TIERS=(build check x11 demo apps xen dom0 template)

list_packages() {
    sed 's/#.*//' "$HERE/packages/$1.list" | tr -s ' \t\n' '\n' | sed '/^$/d'
}

tier_parent() {
    case $1 in
    check | demo | xen) echo build ;;
    x11) echo check ;;
    apps) echo demo ;;
    esac
}

tier_hash() {
    local parent
    parent=$(tier_parent "$1")
    {
        # A change of how roots are made also makes them anew.
        echo "$RELEASE format 1"
        list_packages "$1"
        if [[ -n $parent ]]; then tier_hash "$parent"; else list_packages protocols; fi
    } | sha256sum | cut -c1-12
}

tier_root() { echo "$CACHE/roots/$1-$(tier_hash "$1")"; }

ensure_tools() {
    local missing=()
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || missing+=(debian-archive-keyring)
    if [[ $EUID -ne 0 ]]; then
        command -v newuidmap >/dev/null || missing+=(uidmap)
    fi
    [[ ${#missing[@]} -gt 0 ]] || return 0
    [[ $EUID -eq 0 ]] || die "missing here: please run 'apt-get install ${missing[*]}' as root"
    command -v apt-get >/dev/null || die "not a Debian system: please install ${missing[*]}"
    say "installing ${missing[*]}"
    local log=$CACHE/log/tools.log
    { apt-get install -y --no-install-recommends "${missing[@]}" ||
        { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; }
    } </dev/null >"$log" 2>&1 || fail_with_log "cannot install ${missing[*]}" "$log"
}

ensure_base() {
    local tar=$DEBS/base-$RELEASE.tar log=$CACHE/log/base.log
    [[ -e $tar ]] && return
    say "downloading the base system of Debian 13"
    # A tar and not a directory: without root mmdebstrap maps ids in its own
    # way. mount is for scripts/inside.sh.
    setpriv --pdeathsig TERM -- mmdebstrap --variant=apt --include=mount --format=tar \
        "$RELEASE" - >"$tar.part" 2>"$log" </dev/null ||
        fail_with_log "cannot make the base system" "$log"
    mv "$tar.part" "$tar"
}

# Only one command makes roots at a time; a second one waits and then finds
# them made. No subshells here or below: what is started must be a child of
# ./dev itself, to end with it (see enter).
ensure_tier() {
    local tier=$1 root lock debs_lock
    [[ " ${TIERS[*]} " == *" $tier "* ]] || die "no such tier: $tier (there are: ${TIERS[*]})"
    root=$(tier_root "$tier")
    [[ ! -d $root ]] || return 0
    mkdir -p "$CACHE/roots" "$CACHE/log" "$DEBS/archives" "$DEBS/lists"
    exec {lock}>"$CACHE/roots/lock"
    if ! flock -n "$lock"; then
        say "waiting for another command that makes a root"
        flock "$lock"
    fi
    # The packages may be shared with roots elsewhere (.ci/run), and apt fails
    # where it should wait.
    exec {debs_lock}>"$DEBS/lock"
    flock "$debs_lock"
    [[ -d $root ]] || make_tier "$tier" "$root"
    exec {lock}>&- {debs_lock}>&-
}

make_tier() {
    local tier=$1 root=$2 parent part=$2.part log=$CACHE/log/$1.log start=$SECONDS
    parent=$(tier_parent "$tier")
    ensure_tools
    as_root_of_roots rm -rf "$part"
    if [[ -n $parent ]]; then
        [[ -d $(tier_root "$parent") ]] || make_tier "$parent" "$(tier_root "$parent")"
        say "copying the $parent root for $tier"
        as_root_of_roots cp -a --reflink=auto "$(tier_root "$parent")" "$part" 2>"$log" ||
            fail_with_log "cannot copy the $parent root" "$log"
    else
        ensure_base
        mkdir "$part"
        as_root_of_roots tar -x -C "$part" --exclude='./dev/*' -f "$DEBS/base-$RELEASE.tar" \
            2>"$log" || fail_with_log "cannot unpack the base system" "$log"
    fi
    fill_tier "$tier" "$part"
    touch "$root.lock"
    mv "$part" "$root"
    prune_roots "$tier"
    say "the $tier root is ready after $((SECONDS - start)) s"
}

fill_tier() {
    local tier=$1 part=$2 log=$CACHE/log/$1.log packages binds
    mapfile -t packages < <(list_packages "$tier")
    binds="$DEBS/archives"$'\t'/var/cache/apt/archives
    binds+=$'\n'"$DEBS/lists"$'\t'/var/lib/apt/lists
    binds+=$'\n'"$HERE/scripts"$'\t'/run/scripts
    binds+=$'\n'/etc/resolv.conf$'\t'/etc/resolv.conf
    say "installing ${#packages[@]} packages and what they need into the $tier root"
    local protocols=()
    [[ $tier != build ]] || mapfile -t protocols < <(list_packages protocols)
    local status=0 progress
    enter kept "$part" "$binds" / -- \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        "http_proxy=$(apt_proxy)" PROTOCOLS="${protocols[*]}" \
        bash /run/scripts/fill-root.sh "${packages[@]}" \
        </dev/null > >(tee "$log" | show_progress) 2>&1 || status=$?
    progress=$!
    wait "$progress" || true
    [[ $status -ne 130 ]] || die "interrupted"
    [[ $status -eq 0 ]] || fail_with_log "cannot make the $tier root" "$log"
}

# The proxy that the host's apt uses, if any.
apt_proxy() {
    local proxy=${http_proxy:-}
    if [[ -z $proxy ]] && command -v apt-config >/dev/null; then
        eval "$(apt-config shell proxy Acquire::http::Proxy)"
    fi
    echo "$proxy"
}

# One line that counts on a terminal, a line every 100 packages elsewhere.
show_progress() {
    local line unpacked=0 configured=0 total='?'
    while IFS= read -r line; do
        case $line in
        *' newly installed, '*)
            total=${line#* upgraded, }
            total=${total%% newly*}
            ;;
        'Need to get '*) say "  ${line/Need to get/to download:}" ;;
        'Unpacking '*) unpacked=$((unpacked + 1)) ;;
        'Setting up '*) configured=$((configured + 1)) ;;
        *) continue ;;
        esac
        if [[ -t 2 ]]; then
            printf '\r  %s of %s unpacked, %s set up ' "$unpacked" "$total" "$configured" >&2
        elif [[ $line == Setting* && $((configured % 100)) -eq 0 ]]; then
            say "  $configured of $total packages set up"
        fi
    done
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# Roots of older lists, unless a command runs in them.
prune_roots() {
    local old lock
    for old in "$CACHE/roots/$1"-*.lock; do
        [[ $old != "$(tier_root "$1").lock" ]] || continue
        exec {lock}<"$old"
        ! flock -n "$lock" || as_root_of_roots rm -rf "${old%.lock}" "$old"
        exec {lock}<&-
    done
}

remove_roots() {
    [[ ! -d $CACHE/roots ]] || as_root_of_roots rm -rf "$CACHE/roots"
}
