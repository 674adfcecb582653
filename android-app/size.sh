#!/usr/bin/env bash
# How large libraseed.so is, stripped, for this machine and for every ABI that was built; fails when one is over its budget.
#
#   android-app/size.sh            what is there already
#   android-app/size.sh --build    builds this machine's first, as devices get it (minutes)
set -euo pipefail
cd "$(dirname "$0")/.."

# Bytes. What an app of this kind may cost somebody who pays for data by the megabyte.
MOST=5000000

main() {
    local file over=0 seen=0
    [ "${1:-}" = --build ] && cargo rustc --locked --profile device --package raseed-bindings --lib --crate-type cdylib
    for file in target/device/libraseed.so target/*/device/libraseed.so android-app/target/jniLibs/*/libraseed.so; do
        [ -e "$file" ] || continue
        seen=1
        hold "$file" || over=1
    done
    [ $seen -eq 1 ] || echo "no libraseed.so was built for devices yet: android-app/size.sh --build"
    return $over
}

hold() {
    local size
    size=$(stat -c %s "$1")
    printf '%9d  %s  %s\n' "$size" "$(machine "$1")" "$1"
    # With symbols left in it, this would measure something that nobody is given.
    if readelf -S --wide "$1" | grep -q ' \.symtab '; then
        echo "$1 is not stripped; build it with --profile device" >&2
        return 1
    fi
    [ "$size" -le "$MOST" ] && return
    echo "$1 is over $MOST bytes; what grew: nm --size-sort -S on a build with CARGO_PROFILE_DEVICE_STRIP=none" >&2
    return 1
}

machine() {
    readelf -h "$1" | sed -n 's/^ *Machine: *//p'
}

main "$@"
