#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The first process of a fresh mount and pid namespace: lays out a root, pivots
# into it, runs the command and passes its status on. Started only by enter()
# in scripts/enter.sh, which sets:
#   STAGE      an empty directory of the host to assemble the new tree on
#   ROOT       the root's directory
#   ROOT_MODE  "kept" while a root is being made: writes stay in it;
#              "throwaway": writes go to memory and end with the command
#   BINDS      lines of "SOURCE<tab>TARGET", what else to show and where
#   WORKDIR    where the command starts
#
# pivot_root and not chroot: inside a chroot the kernel forbids user
# namespaces, which the sandboxes of browsers need. Every mount lives in this
# namespace and ends with it, so none is left behind.
set -euo pipefail

NEW=$STAGE/new

lay_root() {
    mount --make-rprivate /
    mount -t tmpfs -o mode=755 tmpfs "$STAGE"
    mkdir "$NEW"
    if [[ $ROOT_MODE == kept ]]; then
        mount --bind "$ROOT" "$NEW"
    else
        mkdir "$STAGE/upper" "$STAGE/work"
        mount -t overlay overlay \
            -o "lowerdir=$ROOT,upperdir=$STAGE/upper,workdir=$STAGE/work" "$NEW"
    fi
}

lay_devices() {
    local node
    mount -t tmpfs -o mode=755 tmpfs "$NEW/dev"
    for node in null zero full random urandom tty; do
        touch "$NEW/dev/$node"
        mount --bind "/dev/$node" "$NEW/dev/$node"
    done
    mkdir "$NEW/dev/pts" "$NEW/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts "$NEW/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$NEW/dev/shm"
    ln -s pts/ptmx "$NEW/dev/ptmx"
    ln -s /proc/self/fd "$NEW/dev/fd"
    ln -s /proc/self/fd/0 "$NEW/dev/stdin"
    ln -s /proc/self/fd/1 "$NEW/dev/stdout"
    ln -s /proc/self/fd/2 "$NEW/dev/stderr"
}

lay_kernel_views() {
    # Some containers mask parts of /proc, and then refuse a fresh one.
    mount -t proc proc "$NEW/proc" 2>/dev/null || mount --rbind /proc "$NEW/proc"
    mount --rbind /sys "$NEW/sys"
    mount -o remount,bind,ro "$NEW/sys"
}

lay_scratch() {
    mount -t tmpfs -o mode=1777 tmpfs "$NEW/tmp"
    mount -t tmpfs -o mode=755 tmpfs "$NEW/run"
    # Xwayland wants this one to be there, and open to all.
    mkdir -m 1777 "$NEW/tmp/.X11-unix"
    mkdir "$NEW/run/user" "$NEW/run/lock"
    mkdir -m 700 "$NEW/run/user/0" "$NEW/run/user/1000"
    chown 1000:1000 "$NEW/run/user/1000"
}

bind_all() {
    local from to
    while IFS=$'\t' read -r from to; do
        [[ -n $from ]] || continue
        if [[ -d $from ]]; then
            mkdir -p "$NEW$to"
        else
            mkdir -p "$(dirname "$NEW$to")"
            # /etc/resolv.conf may be a link to nowhere here
            [[ -f $NEW$to ]] || { rm -f "$NEW$to"; touch "$NEW$to"; }
        fi
        mount --bind "$from" "$NEW$to"
    done <<<"$BINDS"
}

change_root() {
    mkdir "$NEW/run/host"
    cd "$NEW"
    pivot_root . run/host
    umount -l /run/host
    rmdir /run/host
    cd "$WORKDIR"
}

lay_root
lay_devices
lay_kernel_views
lay_scratch
bind_all
change_root
mode=$ROOT_MODE
unset STAGE ROOT ROOT_MODE BINDS NEW

# Not exec: as process 1 this shell reaps what others orphan, and signals that
# the command does not handle keep their meaning for it.
status=0
if [[ $mode == kept ]]; then
    # apt would ignore ^C until it is through. When this process ends, so do
    # all others in here, and what they left half made is not used.
    trap 'exit 130' INT
    "$@" &
    wait $! || status=$?
else
    "$@" || status=$?
fi
exit "$status"
