#!/bin/bash
# SPDX-License-Identifier: MIT
#
# ./dev check, inside the build root. Every check runs, so that one run shows
# all there is to mend. With --format it formats and does nothing else; with
# --fix it generates documents too.
set -euo pipefail

cd "$SOURCE_DIR"
# The checkout belongs to the person outside, who is another user in here.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'

fix=no
case ${1:-} in
'') ;;
--fix | --format) fix=yes ;;
*)
    echo "check: what is '$1'? (--fix)" >&2
    exit 1
    ;;
esac

mapfile -t files < <(git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
    [[ ! -f $file ]] || printf '%s\n' "$file"
done)
# files_of REGEX
files_of() { printf '%s\n' "${files[@]}" | grep -E "$1" || true; }
mapfile -t sources < <(files_of '\.(cpp|hpp|c|h)$')
mapfile -t scripts < <(grep -lE -m1 '^#!(/bin/bash|/bin/sh|/usr/bin/env bash)|^# shellcheck shell=' "${files[@]}" | sort)

check_format() {
    [[ ${#sources[@]} -gt 0 ]] || return 0
    if [[ $fix == yes ]]; then
        clang-format -i "${sources[@]}"
    else
        clang-format --dry-run --Werror "${sources[@]}"
    fi
}

check_scripts() { shellcheck -x "${scripts[@]}"; }

# Each has a safe sibling in the standard library, or no place in a program
# that handles what a guest wrote.
banned='strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|system|popen|rand|srand|alloca|tmpnam|mktemp|setjmp|longjmp'

check_banned_functions() {
    local found
    found=$(grep -nHE "(^|[^A-Za-z0-9_.>\"])(($banned) *\(|std::regex|std::wregex)" "${sources[@]}" /dev/null |
        grep -vE '^[^:]*:[0-9]+: *(//|\*)' || true)
    [[ -z $found ]] || {
        printf '%s\n' "$found"
        return 1
    }
}

# A file is named after the one concept that it holds.
check_file_names() {
    local found
    found=$(files_of '(^|[/_.-])(utils?|helpers?|common|misc|managers?)([_.-][^/]*)?$')
    [[ -z $found ]] || {
        printf 'what is in it? %s\n' "$found"
        return 1
    }
}

check_licence_lines() {
    local file missing=0
    while IFS= read -r file; do
        head -n 5 "$file" | grep -q 'SPDX-License-Identifier: MIT' || {
            echo "no SPDX line: $file"
            missing=1
        }
    done < <(files_of '(\.(cpp|hpp|c|h|py|sh)|meson\.build|meson\.options)$' && printf '%s\n' "${scripts[@]}")
    return "$missing"
}

# How every header begins, and where [[nodiscard]] stands (CONTRIBUTING.md).
check_headers() {
    local file found=0 names expected
    # By whatever name a header gives it; a class's own names are its own affair.
    mapfile -t names < <(files_of '\.hpp$' | xargs sed -n 's/^using \([A-Za-z]*\) = std::expected<.*/\1/p' | sort -u)
    expected=$(printf '%s|' "${names[@]}")std::expected
    while IFS= read -r file; do
        awk 'FNR == 2 && !/^\/\/ / { exit 1 }
             FNR > 1 && /^#pragma once$/ { exit 0 }
             FNR > 1 && !/^\/\// { exit 1 }' "$file" || {
            echo "not SPDX line, paragraph, #pragma once: $file"
            found=1
        }
        ! grep -Pzo '\n *\[\[nodiscard\]\] (?!(static |virtual )*std::expected<)[^;{]*\)\s*const\b' "$file" |
            tr '\0' '\n' | grep . || {
            echo "[[nodiscard]] on a query: $file"
            found=1
        }
        ! grep -nE "^ *(static |virtual |inline |constexpr )*($expected)[ <&].*\(" "$file" || {
            echo "std::expected without [[nodiscard]]: $file"
            found=1
        }
    done < <(files_of '\.hpp$')
    return "$found"
}

# The home of a developer or the layout of a build machine is of no use here.
check_private_paths() {
    ! grep -nHE '(^|[^A-Za-z0-9_./-])/(work|home/[a-z]+)/[a-z]' "${files[@]}" | grep -v '/home/[u]ser/'
}

# The tables of the protocol's document, which the code says.
check_protocol_document() {
    local specification=$BUILD_DIR/protocol/protocol-specification
    [[ $fix == no ]] || "$specification" --update docs/protocol.md
    "$specification" --check docs/protocol.md
}

check_includes() { python3 scripts/includes.py; }

check_threat_model() { python3 scripts/threat-tests.py; }

# Needs no submodule checked out, and must not: CI has none.
check_stack() { python3 scripts/stack.py; }

# Plain or recursive: where there is no network, too.
check_clone() {
    local folder status=0
    folder=$(mktemp -d)
    env GIT_ALLOW_PROTOCOL="file" git clone --quiet --recurse-submodules "file://$SOURCE_DIR" "$folder/clone" || status=$?
    [[ -f $folder/clone/README.md ]] || status=1
    rm -rf "$folder"
    return "$status"
}

check_tidy() {
    [[ ${#sources[@]} -gt 0 ]] || return 0
    python3 scripts/tidy.py "$BUILD_DIR"
}

if [[ ${1:-} == --format ]]; then
    check_format
    exit
fi

passed=0 failed=0
run() {
    local name=$1 start=$SECONDS
    shift
    # Not in an if: that would switch off set -e within the check.
    set +e
    (set -e; "$@")
    local status=$?
    set -e
    if [[ $status -eq 0 ]]; then
        passed=$((passed + 1))
        echo "check: $name: ok ($((SECONDS - start)) s)"
    else
        failed=$((failed + 1))
        echo "check: $name: FAILED"
    fi
}

run "clang-format" check_format
run "shellcheck" check_scripts
run "banned functions" check_banned_functions
run "file names" check_file_names
run "licence lines" check_licence_lines
run "headers" check_headers
run "private paths" check_private_paths
run "includes" check_includes
run "the protocol's document" check_protocol_document
run "threat model" check_threat_model
run "submodules" check_stack
run "recursive clone" check_clone
[[ $fix == yes ]] || run "clang-tidy" check_tidy
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
