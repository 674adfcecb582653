#!/usr/bin/env bash
# The app on this machine: the library, its Kotlin side, the resources, the app, its tests and pictures.
#
#   android-app/build.sh                  everything; pictures in android-app/target/pictures/index.html
#   android-app/build.sh prepare          only what Maven needs before it can compile
#   android-app/build.sh compile          the app without its tests
#   android-app/build.sh test NAME        one test: a class, or Class#method
set -euo pipefail
cd "$(dirname "$0")"

FRAMEWORK=${FRAMEWORK:-/usr/share/android-framework-res/framework-res.apk}
LIBRARY=../target/debug/libraseed.so
MIN_SDK=24
TARGET_SDK=35

main() {
    case "${1:-all}" in
        prepare) prepare ;;
        compile) prepare && mvn -q -B compile ;;
        test) prepare && mvn -q -B test -Dtest="${2:?which test?}" ;;
        all) prepare && program && mvn -q -B test ;;
        *) echo "usage: android-app/build.sh [prepare | compile | test NAME]" >&2 && exit 1 ;;
    esac
}

prepare() {
    bindings
    resources
}

# libraseed.so for this machine, and the Kotlin that calls it (only when the library is another one).
bindings() {
    cargo build --quiet --locked --package raseed-bindings --package raseed-bindgen
    local made=target/gen-kotlin/app/raseed/core/raseed.kt
    [ "$made" -nt "$LIBRARY" ] && return
    rm -rf target/gen-kotlin
    (cd .. && target/debug/raseed-bindgen generate target/debug/libraseed.so \
        --language kotlin --no-format --out-dir android-app/target/gen-kotlin)
    touch "$made"
}

# The head office that tests sync to; RASEED may name another build of it.
program() {
    [ -n "${RASEED:-}" ] || cargo build --quiet --locked --package raseed
}

# res/ as a resource package, and R, which names what is in it.
resources() {
    need aapt2 aapt
    [ -e "$FRAMEWORK" ] || missing "$FRAMEWORK" android-framework-res
    mkdir -p target/gen-r target/res
    aapt2 compile --dir src/main/res -o target/res/compiled.zip
    link target/res/resources.ap_ --java target/gen-r.new --custom-package app.raseed
    # R keeps its age when nothing in it changed, so that nothing is compiled again.
    if ! cmp -s target/gen-r.new/app/raseed/R.java target/gen-r/app/raseed/R.java; then
        rm -rf target/gen-r && mv target/gen-r.new target/gen-r
    fi
    rm -rf target/gen-r.new
}

link() {
    local out=$1 name
    shift
    name=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' ../Cargo.toml)
    aapt2 link -I "$FRAMEWORK" --manifest src/main/AndroidManifest.xml \
        --min-sdk-version "$MIN_SDK" --target-sdk-version "$TARGET_SDK" \
        --version-name "$name" --version-code "$(version_code "$name")" \
        --auto-add-overlay -o "$out" "$@" target/res/compiled.zip
}

# 1.2.3 is 10203: each version must be a larger whole number than the one before.
version_code() {
    local major minor patch
    IFS=. read -r major minor patch <<<"$1"
    echo $((major * 10000 + minor * 100 + patch))
}

need() {
    command -v "$1" >/dev/null || missing "$1" "$2"
}

missing() {
    echo "$1 is missing; on Debian: apt-get install $2" >&2
    exit 1
}

main "$@"
