#!/usr/bin/env bash
# What build.sh and apk.sh share: SDK levels, the version, linking of resources. Read by them, not run.

FRAMEWORK=${FRAMEWORK:-/usr/share/android-framework-res/framework-res.apk}
MIN_SDK=24
TARGET_SDK=35

# Quiet, and without the colour codes that it ends with even when told not to.
maven() {
    mvn -q -B "$@" 2>&1 | sed $'s/\e\\[[0-9;]*m//g'
}

# link OUT [OPTION ...]: the compiled resources and the manifest as a package.
link() {
    local out=$1 name
    shift
    name=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' ../Cargo.toml)
    # Debian's aapt2 does not know <queries> (Android 11) and would refuse it; so it only warns, and writes what stands there.
    aapt2 link --warn-manifest-validation -I "$FRAMEWORK" --manifest src/main/AndroidManifest.xml \
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
