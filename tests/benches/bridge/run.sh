#!/usr/bin/env bash
# Measurements from the JVM; see ../README.md. All of them, or one:
#
#   tests/benches/bridge/run.sh
#   tests/benches/bridge/run.sh crossing [SECONDS]     the fast path through JNI against uniffi, 3 seconds a row and side
#   tests/benches/bridge/run.sh symbol [PAIRS]         a payment's text to the pixels of its QR code, against ZXing; 3000
#   tests/benches/bridge/run.sh collection [PAIRS]     the calls of one collection, 5,000 and 20,000 households
#   tests/benches/bridge/run.sh start [TIMES]          a fresh process to the first screen's data, 20,000 households
#
# LIBRARY names another build of libraseed.so than the released one, say target/device/libraseed.so.
set -euo pipefail
cd "$(dirname "$0")/../../.."

MADE=target/bench-bridge
LIBRARY=$(realpath -m "${LIBRARY:-target/release/libraseed.so}")
RASEED=${RASEED:-target/release/raseed}

main() {
    local what=${1:-all}
    case $what in
        crossing | symbol | collection | start) prepare && "$what" "${@:2}" ;;
        all) prepare && crossing && symbol && collection && start ;;
        *) echo "usage: tests/benches/bridge/run.sh [crossing | symbol | collection | start]" >&2 && exit 1 ;;
    esac
}

crossing() {
    jvm BridgeKt "${1:-3}"
}

symbol() {
    jvm SymbolKt "${1:-3000}"
}

collection() {
    office
    jvm CollectionKt "$RASEED" tests/data/sample-book "$(folder)" "${1:-300}"
    jvm CollectionKt "$RASEED" "$(large_book)" "$(folder)" "${1:-300}"
}

start() {
    office
    jvm StartKt "$RASEED" "$(large_book)" "$(folder)" "${1:-5}"
}

prepare() {
    cargo build --quiet --locked --release --lib --package raseed-bindings --package raseed-bench-bridge
    cargo build --quiet --locked --package raseed-bindgen
    rm -rf "$MADE/gen-kotlin" "$MADE/natives" && mkdir -p "$MADE/natives"
    generate libraseed_bench_bridge.so --crate raseed_bench_bridge
    generate libraseed.so
    cp android-app/src/main/kotlin/app/raseed/bridge/Natives.kt "$MADE/natives/"
    mvn -q -B -Dstyle.color=never -f tests/benches/bridge/pom.xml compile
}

generate() {
    target/debug/raseed-bindgen generate "target/release/$1" "${@:2}" --language kotlin --no-format --out-dir "$MADE/gen-kotlin"
}

office() {
    [ -e "$RASEED" ] || cargo build --quiet --locked --release --package raseed
}

large_book() {
    local book=$MADE/book-20000
    [ -e "$book" ] || python3 tests/data/make_sample_book.py --households 20000 --out "$book" >&2
    echo "$book"
}

# A head office and its tills, made afresh.
folder() {
    mkdir -p target/tmp && rm -rf target/tmp/bench-bridge
    mkdir target/tmp/bench-bridge
    echo "$PWD/target/tmp/bench-bridge"
}

jvm() {
    java -Xmx1g -Djna.library.path="$(dirname "$LIBRARY"):$PWD/target/release" -Draseed.library="$LIBRARY" \
        -cp "$MADE/classes:$MADE/jars/*" "$@"
}

main "$@"
