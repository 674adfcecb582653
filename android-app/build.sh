#!/usr/bin/env bash
# The app on this machine: the library, its Kotlin side, the resources, the app, its tests and pictures.
#
#   android-app/build.sh                  everything; pictures in android-app/target/pictures/index.html
#   android-app/build.sh prepare          only what Maven needs before it can compile
#   android-app/build.sh compile          the app without its tests
#   android-app/build.sh test NAME        one test: a class, or Class#method
set -euo pipefail
cd "$(dirname "$0")"

LIBRARY=../target/debug/libraseed.so

. tools/common.sh

main() {
    case "${1:-all}" in
        prepare) prepare ;;
        compile) prepare && maven compile ;;
        test) prepare && maven test -Dtest="${2:?which test?}" ;;
        all) prepare && program && maven test ;;
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
    mkdir -p target/gen-r target/res target/assets
    aapt2 compile --dir src/main/res -o target/res/compiled.zip
    # Debuggable, as on an emulator: only so may the payment app be asked that takes no money.
    link target/res/resources.ap_ --debug-mode --java target/gen-r.new --custom-package app.raseed
    # R keeps its age when nothing in it changed, so that nothing is compiled again.
    if ! cmp -s target/gen-r.new/app/raseed/R.java target/gen-r/app/raseed/R.java; then
        rm -rf target/gen-r && mv target/gen-r.new target/gen-r
        # Its numbers stand inside what was compiled, which incremental compiling does not see.
        rm -rf target/kotlin-ic target/classes target/test-classes
    fi
    rm -rf target/gen-r.new
}

main "$@"
