#!/usr/bin/env bash
# The core's tests on the processors that the devices have, under qemu: 64-bit and 32-bit ARM.
#
#   tests/arm.sh                 both
#   tests/arm.sh aarch64         one of them (aarch64, armv7)
#
# Not part of check.sh: emulation makes it slow (about half an hour when nothing is built yet). Needs Debian's cross compilers
# and qemu-user, which it installs. Property tests run fewer cases here; PROPTEST_CASES says how many.
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(--package raseed-protocol --package raseed-till --package raseed-bindings)
export PROPTEST_CASES=${PROPTEST_CASES:-16}

main() {
    local machine
    [ $# -gt 0 ] || set -- aarch64 armv7
    for machine in "$@"; do
        "run_$machine"
    done
}

run_aarch64() {
    need qemu-aarch64 qemu-user
    need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross
    export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
    export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -L /usr/aarch64-linux-gnu"
    run aarch64-unknown-linux-gnu
}

run_armv7() {
    need qemu-arm qemu-user
    need arm-linux-gnueabihf-gcc gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
    export CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER=arm-linux-gnueabihf-gcc
    export CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_RUNNER="qemu-arm -L /usr/arm-linux-gnueabihf"
    run armv7-unknown-linux-gnueabihf
}

run() {
    echo "== $1"
    rustup target add "$1"
    cargo test --locked --target "$1" "${PACKAGES[@]}"
}

# A program, from these Debian packages if it is missing.
need() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return
    local as_root=()
    [ "$EUID" -eq 0 ] || as_root=(sudo -n)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

main "$@"
