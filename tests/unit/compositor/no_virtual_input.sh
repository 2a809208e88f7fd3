#!/bin/sh
# SPDX-License-Identifier: MIT
#
# usage: no_virtual_input.sh LEADLIGHT package|tests
#
# Rule 6: no program stands in for the person's hand. The compositor links no virtual keyboard and
# no virtual pointer, in any build; and a build for packages has nothing of the tests' input.
set -eu
program=$1
build=$2

symbols=$(nm --dynamic --undefined-only "$program")
# Else the next line would be glad of an empty list.
echo "$symbols" | grep -q wlr_seat_create
if echo "$symbols" | grep -E 'wlr_virtual_(keyboard|pointer)|wlr_(keyboard|pointer)_init'; then
    found=yes
else
    found=no
fi

case $build in
package)
    [ "$found" = no ]
    ! grep -qa -e LEADLIGHT_TEST_INPUT -e 'test keyboard' "$program"
    ;;
tests)
    if echo "$symbols" | grep wlr_virtual_; then
        exit 1
    fi
    # The test's own test: what it looks for is what the tests' build has.
    grep -qa LEADLIGHT_TEST_INPUT "$program"
    ;;
*)
    exit 2
    ;;
esac
