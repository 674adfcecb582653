#!/usr/bin/env bash
# The fast path through JNI against the same functions through uniffi, in one run on one JVM; see ../README.md.
#
#   tests/benches/bridge/run.sh [SECONDS for each of the four, 3 by default]
set -euo pipefail
cd "$(dirname "$0")/../../.."

MADE=target/bench-bridge

cargo build --quiet --locked --release --package raseed-bindings --package raseed-bench-bridge
cargo build --quiet --locked --package raseed-bindgen
rm -rf "$MADE/gen-kotlin" "$MADE/natives" && mkdir -p "$MADE/natives"
target/debug/raseed-bindgen generate target/release/libraseed_bench_bridge.so --crate raseed_bench_bridge \
    --language kotlin --no-format --out-dir "$MADE/gen-kotlin"
cp android-app/src/main/kotlin/app/raseed/bridge/Natives.kt "$MADE/natives/"
mvn -q -B -Dstyle.color=never -f tests/benches/bridge/pom.xml compile
java -Xmx1g -Djna.library.path="$PWD/target/release" -Draseed.library="$PWD/target/release/libraseed.so" \
    -cp "$MADE/classes:$MADE/jars/*" BridgeKt "${1:-3}"
