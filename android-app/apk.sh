#!/usr/bin/env bash
# A signed APK with the libraries of every ABI that is there, and a check of what came out.
#
#   android-app/apk.sh                make android-app/target/raseed.apk, then verify it
#   android-app/apk.sh --verify [APK] verify one
#
# Libraries are looked for in android-app/target/jniLibs/ABI/ (where `cargo ndk -o` puts them) and in target/TRIPLE/device/.
# JNI_LIBS names another folder, and then only that one; APK another place to write to. DEBUGGABLE=1 makes one for emulators, on
# which the payment app may be asked that takes no money.
# Signed with KEYSTORE (KEYSTORE_PASSWORD, KEY_ALIAS) from the environment, or else with a throw-away key made on the spot.
set -euo pipefail
cd "$(dirname "$0")"

. tools/common.sh

PARTS=target/apk/parts
STAGE=target/apk/stage
CODE=target/apk/code
APK=${APK:-target/raseed.apk}
LIBS=target/jniLibs

main() {
    case "${1:-}" in
        "") make_apk && verify "$APK" ;;
        --verify) verify "${2:-$APK}" ;;
        *) fail "usage: android-app/apk.sh [--verify [APK]]" ;;
    esac
}

make_apk() {
    need zipalign zipalign
    need apksigner apksigner
    ./build.sh compile
    maven dependency:copy@apk-parts
    rm -rf "$STAGE" && mkdir -p "$STAGE"
    compile_dex
    # For an emulator, and never for a device that takes money.
    link "$STAGE/base.apk" ${DEBUGGABLE:+--debug-mode}
    gather_libraries
    python3 tools/apk.py pack "$STAGE/base.apk" "$CODE" "$STAGE/lib" "$STAGE/aligned.apk"
    sign
    say_what_is_missing
}

# Plain dex for Android 7: no invokedynamic may be left, which is what the compiler flags in pom.xml see to.
compile_dex() {
    local jdk
    unzip -qo "$PARTS/jna.aar" -d "$STAGE/jna"
    # The same classes give the same code.
    [ -e "$CODE/classes.dex" ] && [ -z "$(find target/classes pom.xml apk.sh -newer "$CODE/classes.dex" -print -quit)" ] && return
    rm -rf "$CODE" && mkdir -p "$CODE"
    jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    jar --create --file "$STAGE/app.jar" -C target/classes .
    java -cp "$PARTS/r8.jar" com.android.tools.r8.D8 --release --min-api "$MIN_SDK" \
        --lib "$PARTS/android-all.jar" --lib "$jdk" --output "$CODE" \
        "$STAGE/app.jar" "$PARTS/kotlin-stdlib.jar" "$STAGE/jna/classes.jar"
}

# Each ABI that has our library gets JNA's beside it; an ABI with only one of them would start and fail.
gather_libraries() {
    local abi triple from
    mkdir -p "$STAGE/lib"
    for abi in arm64-v8a armeabi-v7a x86_64 x86; do
        case $abi in
            arm64-v8a) triple=aarch64-linux-android ;;
            armeabi-v7a) triple=armv7-linux-androideabi ;;
            x86_64) triple=x86_64-linux-android ;;
            x86) triple=i686-linux-android ;;
        esac
        from=${JNI_LIBS:-$LIBS}/$abi/libraseed.so
        [ -e "$from" ] || [ -n "${JNI_LIBS:-}" ] || from=../target/$triple/device/libraseed.so
        [ -e "$from" ] || continue
        mkdir -p "$STAGE/lib/$abi"
        cp "$from" "$STAGE/jna/jni/$abi/libjnidispatch.so" "$STAGE/lib/$abi/"
    done
}

sign() {
    local store=${KEYSTORE:-target/apk/debug.p12} password=${KEYSTORE_PASSWORD:-throw-away} alias=${KEY_ALIAS:-raseed}
    if [ -z "${KEYSTORE:-}" ] && [ ! -e "$store" ]; then
        keytool -genkeypair -keystore "$store" -storetype PKCS12 -storepass "$password" -alias "$alias" \
            -keyalg EC -groupname secp256r1 -validity 10000 -dname "CN=Raseed throw-away key" 2>/dev/null
    fi
    PASSWORD=$password apksigner sign --ks "$store" --ks-pass env:PASSWORD --ks-key-alias "$alias" \
        --min-sdk-version "$MIN_SDK" --out "$APK" "$STAGE/aligned.apk"
    rm -f "$APK.idsig"
}

say_what_is_missing() {
    if [ -z "$(ls "$STAGE/lib")" ]; then
        echo "WITHOUT NATIVE CODE: WILL NOT START. $APK holds no libraseed.so, because none was built for Android."
        command -v cargo-ndk >/dev/null || echo "  cargo-ndk is missing:    cargo install cargo-ndk"
        [ -n "${ANDROID_NDK_HOME:-}" ] || echo "  ANDROID_NDK_HOME is not set: install the NDK (27 or later) and point it there"
        echo "  then, in the root:       cargo ndk -t arm64-v8a -t armeabi-v7a --platform $MIN_SDK -o android-app/$LIBS \\"
        echo "                               rustc -p raseed-bindings --lib --crate-type cdylib --profile device"
        echo "  and once more:           android-app/apk.sh"
    else
        echo "$APK holds:" "$STAGE"/lib/*
        ./size.sh
    fi
    [ -n "${KEYSTORE:-}" ] || echo "Signed with a throw-away key: good for trying, not for giving away."
}

# ---- what came out ------------------------------------------------------------------------------------------------

verify() {
    local apk=$1
    need aapt aapt
    need dexdump dexdump
    [ -e "$apk" ] || fail "$apk is not there; android-app/apk.sh makes it"
    aapt dump badging "$apk" >target/apk/badging.txt
    expect "^package: name='app.raseed.pos'"
    expect "^sdkVersion:'$MIN_SDK'"
    expect "^targetSdkVersion:'$TARGET_SDK'"
    expect "^launchable-activity: name='app.raseed.MainActivity'"
    [ -n "${DEBUGGABLE:-}" ] || ! grep -q '^application-debuggable' target/apk/badging.txt || fail "$apk is debuggable"
    for language in hi pa bn; do
        expect "^locales:.*'$language'"
    done
    for permission in INTERNET ACCESS_NETWORK_STATE CAMERA BLUETOOTH_CONNECT VIBRATE RECEIVE_BOOT_COMPLETED; do
        expect "^uses-permission: name='android.permission.$permission'"
    done
    apksigner verify --min-sdk-version "$MIN_SDK" "$apk" || fail "$apk: the signature is not sound"
    zipalign -c -p 4 "$apk" >target/apk/zipalign.txt || fail "$apk: not aligned, see target/apk/zipalign.txt"
    python3 tools/apk.py check "$apk"
    no_invoke_custom "$apk"
    echo "$apk: package, SDK levels, languages, permissions, signature, alignment and code are as they must be"
}

expect() {
    grep -q "$1" target/apk/badging.txt || fail "badging does not say $1; see android-app/target/apk/badging.txt"
}

no_invoke_custom() {
    local found
    rm -rf target/apk/inside && mkdir -p target/apk/inside
    unzip -qo "$1" 'classes*.dex' -d target/apk/inside
    found=$(dexdump -d target/apk/inside/*.dex 2>/dev/null | grep -c 'invoke-custom\|invoke-polymorphic' || true)
    [ "$found" -eq 0 ] || fail "$1: $found invoke-custom or invoke-polymorphic, which Android 7 does not know"
}

fail() {
    echo "$1" >&2
    exit 1
}

main "$@"
