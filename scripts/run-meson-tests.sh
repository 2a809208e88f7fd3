#!/bin/bash
# SPDX-License-Identifier: MIT
#
# run-meson-tests.sh RESULTS MESON-TEST-ARGUMENTS...: runs the tests of
# $BUILD_DIR inside a root and leaves meson's record of them as RESULTS.json.
set -euo pipefail

results=$1
shift

# A report of a sanitizer is a failure, wherever in the process tree it comes
# from, and says where.
ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer)
export ASAN_SYMBOLIZER_PATH UBSAN_SYMBOLIZER_PATH=$ASAN_SYMBOLIZER_PATH
export ASAN_OPTIONS=abort_on_error=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1

status=0
meson test -C "$BUILD_DIR" --no-rebuild --logbase results --print-errorlogs "$@" || status=$?
# No record means that the suite has no test: not a failure of it.
[[ ! -e $BUILD_DIR/meson-logs/results.json ]] ||
    mv "$BUILD_DIR/meson-logs/results.json" "$results.json"
exit "$status"
