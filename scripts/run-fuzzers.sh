#!/bin/bash
# SPDX-License-Identifier: MIT
#
# run-fuzzers.sh RESULTS SECONDS: runs each fuzz target of $BUILD_DIR for some
# seconds. fuzz-corpus writes the seeds of fuzz-NAME to the folder NAME.
# Two at a time: libFuzzer uses one core each. $FUZZ_SEED, if set, is its seed.
set -euo pipefail

results=$1
export SECONDS_EACH=$2
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_one() {
    local target=$1 name corpus log status=0 seed=()
    [[ -z ${FUZZ_SEED:-} ]] || seed=("-seed=$FUZZ_SEED")
    name=$(basename "$target")
    corpus=$SCRATCH/seeds/${name#fuzz-}
    log=$SCRATCH/$name.log
    mkdir -p "$corpus"
    # What was found lies in the build directory, to be run again.
    "$target" "${seed[@]}" -max_total_time="$SECONDS_EACH" -timeout=5 -rss_limit_mb=2048 \
        -artifact_prefix="$BUILD_DIR/$name-" "$corpus" >"$log" 2>&1 || status=$?
    if [[ $status -eq 0 ]]; then
        printf '%s: ok, %s\n' "$name" "$(grep -m1 '^Done' "$log" || true)"
        printf '{"name": "%s", "result": "OK", "stdout": ""}\n' "$name" >"$SCRATCH/$name.result"
    else
        printf '%s: FAILED\n' "$name"
        tail -n 40 "$log"
        printf '{"name": "%s", "result": "FAIL", "stdout": ""}\n' "$name" >"$SCRATCH/$name.result"
    fi
}
export -f run_one

mapfile -t targets < <(find "$BUILD_DIR" -type f -executable -name 'fuzz-*' ! -name fuzz-corpus | sort)
[[ ${#targets[@]} -gt 0 ]] || exit 0
corpus_writer=$(find "$BUILD_DIR" -type f -executable -name fuzz-corpus)
[[ -z $corpus_writer ]] || "$corpus_writer" "$work/seeds"
printf '%s\0' "${targets[@]}" |
    SCRATCH=$work xargs -0 -P 2 -I{} bash -c 'run_one {}'
cat "$work"/*.result >"$results"
! grep -q '"FAIL"' "$results"
