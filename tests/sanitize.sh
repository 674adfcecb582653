#!/usr/bin/env bash
# Memory errors in what is `unsafe`, by AddressSanitizer: tests/sanitize.sh [lab | bridge]
#
#   lab       the crash laboratory: its layer under SQLite speaks C (CRASH_CASES says how many cases, 1,500)
#   bridge    the fast path through JNI, called from a JVM with everything that a caller can get wrong
#
# Needs a nightly compiler, and for `bridge` what the app's tests need and gcc's libasan. Minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

HOST=$(rustc -vV | sed -n 's/^host: //p')
MADE=$PWD/target/sanitize/$HOST/debug
# Kept apart: nothing of an ordinary build may be made anew for this.
export CARGO_TARGET_DIR=target/sanitize

main() {
    case "${1:-all}" in
        lab | bridge) "$1" ;;
        all) lab && bridge ;;
        *) echo "usage: tests/sanitize.sh [lab | bridge]" >&2 && exit 1 ;;
    esac
}

lab() {
    # What SQLite keeps for the whole process is no leak, and there is no other C here.
    CRASH_CASES=${CRASH_CASES:-1500} CRASH_FAULT_STEP=${CRASH_FAULT_STEP:-199} ASAN_OPTIONS=detect_leaks=0 \
        sanitized test --package raseed-crash --tests
}

bridge() {
    local runtime
    runtime=$(gcc -print-file-name=libasan.so)
    [ -e "$runtime" ] || { echo "gcc's libasan is missing; on Debian: apt-get install gcc" >&2 && exit 1; }
    sanitized build --package raseed-bindings --lib
    # Compiles the app and its tests, and runs this one as usual.
    env -u CARGO_TARGET_DIR android-app/build.sh test NativesTest
    # A JVM handles faults of its own, and frees nothing when it ends.
    LD_PRELOAD=$(realpath "$runtime") ASAN_OPTIONS=detect_leaks=0:handle_segv=0:allow_user_segv_handler=1 \
        mvn -q -B -f android-app/pom.xml -Draseed.folder="$MADE" -Dtest=NativesTest surefire:test
    echo "the bridge holds"
}

sanitized() {
    RUSTFLAGS=-Zsanitizer=address cargo +nightly "$1" --locked --target "$HOST" "${@:2}"
}

main "$@"
