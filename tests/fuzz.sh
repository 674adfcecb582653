#!/usr/bin/env bash
# Runs every fuzz target for some seconds and prints what each did: tests/fuzz.sh [SECONDS-PER-TARGET] [TARGET ...]
# Needs a nightly compiler and cargo-fuzz. What a target found lies in tests/fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds="${1:-60}"
shift || true
logs="target/fuzz"
mkdir -p "$logs"

cargo fuzz --version >/dev/null 2>&1 || { echo "cargo-fuzz is missing; install it with: cargo install --locked cargo-fuzz" >&2; exit 1; }
cargo run --quiet --locked -p raseed-tests --example seeds -- tests/fuzz/corpus

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in tests/fuzz/fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
fi

if ! cargo +nightly fuzz build --fuzz-dir tests/fuzz >"$logs/build.log" 2>&1; then
    echo "the fuzz targets do not build; see $logs/build.log" >&2
    exit 1
fi

failed=0
printf '%-20s %12s %9s %9s  %s\n' target executions seconds coverage result
# Left alone by changes to the sources while it runs.
programs="tests/fuzz/target/$(rustc -vV | sed -n 's/^host: //p')/release"
export ASAN_OPTIONS=detect_odr_violation=0
for target in "${targets[@]}"; do
    corpus="tests/fuzz/corpus/$target"
    artifacts="tests/fuzz/artifacts/$target/"
    mkdir -p "$corpus" "$artifacts"
    result=ok
    began=$SECONDS
    "$programs/$target" "$corpus" -artifact_prefix="$artifacts" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=2048 -malloc_limit_mb=512 -max_len=16384 -print_final_stats=1 >"$logs/$target.log" 2>&1 ||
        { result="FOUND SOMETHING, see $logs/$target.log"; failed=$((failed + 1)); }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$logs/$target.log" | tail -1)
    coverage=$(grep -o 'cov: [0-9]*' "$logs/$target.log" | tail -1 | cut -d' ' -f2 || true)
    printf '%-20s %12s %9s %9s  %s\n' "$target" "${executions:-?}" "$((SECONDS - began))" "${coverage:-?}" "$result"
done
echo "$((${#targets[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
