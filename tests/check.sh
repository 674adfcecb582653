#!/usr/bin/env bash
# Everything that must hold before a change is kept; the same for people and for machines.
#
#   tests/check.sh              all steps
#   tests/check.sh STEP ...     only these
#   tests/check.sh --list       their names
#
# Quiet when all is well. What a step said is in target/check/STEP.log; the end of a failed one is shown.
set -euo pipefail
cd "$(dirname "$0")/.."

LOGS=target/check
VENV=target/venv
RASEED=target/release/raseed
export CARGO_TERM_COLOR=never

# ---- the steps ----------------------------------------------------------------------------------------------------

heading_format="Rust is formatted"
step_format() {
    cargo fmt --all --check
}

heading_shell="shell scripts are sound"
step_shell() {
    local script
    while IFS= read -r script; do
        echo "$script"
        bash -n "$script"
        test -x "$script" || { echo "$script must be executable: chmod +x $script"; return 1; }
    done < <(git ls-files '*.sh' .ci/run)
}

heading_lint="no warning from clippy"
step_lint() {
    cargo clippy --locked --workspace --all-targets -- --deny warnings
}

heading_test="tests of every crate, and the rules of the house"
step_test() {
    cargo test --locked --workspace
}

heading_docs="everything public is documented"
step_docs() {
    RUSTDOCFLAGS="--deny warnings" cargo doc --locked --workspace --no-deps
}

heading_build="the program as it is released"
step_build() {
    cargo build --locked --release --package raseed
}

heading_process="tests that start the released program"
step_process() {
    need_command zbarimg zbar-tools
    step_build
    # Such a test is marked #[ignore = "needs the released program"] and finds it in RASEED.
    RASEED="$PWD/$RASEED" cargo test --locked --package raseed-tests --tests -- --ignored
}

heading_oracles="independent programs agree"
step_oracles() {
    need_command python3 python3
    python3 tests/oracles/billing.py
    python3 tests/oracles/settlement.py
    need_venv
    cargo run --quiet --locked --package raseed-head-office --example book_to_json tests/data/sample-book >"$LOGS/book.json"
    "$VENV/bin/python" tests/oracles/book_schema.py "$LOGS/book.json"
    "$VENV/bin/python" tests/oracles/verify_receipt.py
    "$VENV/bin/python" tests/oracles/sealed.py
    "$VENV/bin/python" tests/oracles/check_cddl.py
    "$VENV/bin/python" tests/oracles/words.py
    cargo run --quiet --locked --package raseed-tests --example payment_codes -- 2000 >"$LOGS/codes.jsonl"
    "$VENV/bin/python" tests/oracles/qr.py "$LOGS/codes.jsonl"
    need_command zbarimg zbar-tools
    cargo build --quiet --locked --package raseed-protocol --example symbols
    "$VENV/bin/python" tests/oracles/symbols.py target/debug/examples/symbols
}

heading_browser="the pages for citizens in a browser"
step_browser() {
    need_command chromium chromium
    need_indian_fonts
    need_command npm npm
    # Reads the code on the page of a bill.
    need_command zbarimg zbar-tools
    step_build
    (cd tests/web && npm ci --no-audit --no-fund && RASEED="$OLDPWD/$RASEED" npm test)
}

heading_app="the Android app: its tests, and pictures of every screen"
step_app() {
    need_android
    # Reads the code on printed receipts.
    need_command zbarimg zbar-tools
    step_build
    # The pictures are in android-app/target/pictures/index.html.
    RASEED="$PWD/$RASEED" android-app/build.sh
}

heading_apk="a signed APK, without native code and with this machine's"
step_apk() {
    need_android
    need_command zipalign zipalign
    need_command apksigner apksigner
    need_command dexdump dexdump
    # What `cargo ndk` would leave must not decide what is tested here.
    local trial=$PWD/target/check/apk
    rm -rf "$trial" && mkdir -p "$trial/none" "$trial/host/x86_64"
    JNI_LIBS="$trial/none" APK="$trial/none.apk" android-app/apk.sh
    grep -q "WILL NOT START" "$LOGS/apk.log"
    cp target/debug/libraseed.so "$trial/host/x86_64/"
    JNI_LIBS="$trial/host" APK="$trial/host.apk" android-app/apk.sh
    grep -q "native-code: 'x86_64'" android-app/target/apk/badging.txt
}

heading_demo="the demo runs to its end"
step_demo() {
    step_build
    need_command zbarimg zbar-tools
    cargo run --locked --release -- demo </dev/null
}

# ---- what they need -----------------------------------------------------------------------------------------------

# A program, from this Debian package if it is missing.
need_command() {
    command -v "$1" >/dev/null || install_package "$2"
}

# Maven fetches the rest by itself. Debian's package of Android's resources is what ours are linked against.
need_android() {
    need_command javac default-jdk-headless
    need_command mvn maven
    need_command aapt2 aapt
    need_command python3 python3
    [ -e /usr/share/android-framework-res/framework-res.apk ] || install_package android-framework-res
}

# The pictures of the page are in four scripts.
need_indian_fonts() {
    fc-list | grep -qi gurmukhi || install_package fonts-noto-core
}

# One at a time: two lanes may want something.
install_package() (
    local as_root=()
    exec 9>"$LOGS/apt.lock" && flock 9
    [ "$EUID" -eq 0 ] || as_root=(sudo -n)
    command -v apt-get >/dev/null && "${as_root[@]}" true || fail "$1 is missing; install it and try again"
    if [ ! -e "$LOGS/apt-updated" ]; then
        "${as_root[@]}" apt-get update -qq && touch "$LOGS/apt-updated"
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"
)

need_rust() {
    command -v rustup >/dev/null || fail "Rust is missing; install rustup (https://rustup.rs) and try again"
    # Installs what rust-toolchain.toml names, if it is not there.
    rustup show active-toolchain >/dev/null 2>&1 || rustup toolchain install >"$LOGS/rust.log" 2>&1 ||
        fail "the compiler named in rust-toolchain.toml could not be installed; see $LOGS/rust.log"
}

need_venv() {
    python3 -c 'import ensurepip, venv' || install_package python3-venv
    [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --requirement tests/oracles/requirements.txt
}

fail() {
    echo "$1" >&2
    exit 1
}

# ---- running them -------------------------------------------------------------------------------------------------

# The compiler's long steps and the app's, which wait for each other little, go side by side. `build` comes before both.
LANE_1=(format shell lint test docs process oracles)
LANE_2=(app apk browser demo)

# Each step runs in a shell of its own, so that `set -e` holds inside it.
run_step() {
    local step=$1 heading="heading_$1" began=$SECONDS list=passed
    bash tests/check.sh --inside "$step" >"$LOGS/$step.log" 2>&1 </dev/null || list=failed
    echo "$step" >>"$LOGS/$list"
    printf '%-8s %s: %s (%s s)\n' "$step" "${!heading}" "$list" "$((SECONDS - began))"
}

# What failed, for those who see only what this prints: the lines that name it, then the end of what was said.
tell_failure() {
    local log="$LOGS/$1.log"
    echo "$1 failed; see $log. From it:"
    grep -nE 'panicked at|^test .* FAILED|^error|\[ERROR\]|^[A-Za-z]*Error' "$log" | cut -c1-300 | head -20 | sed 's/^/    /' || true
    echo "    ..."
    tail -30 "$log" | cut -c1-300 | sed 's/^/    /'
}

run_steps() {
    local step
    for step in "$@"; do
        run_step "$step"
    done
}

main() {
    local failed passed asked=$#
    mkdir -p "$LOGS"
    rm -f "$LOGS"/{apt-updated,passed,failed}
    touch "$LOGS"/{passed,failed}
    need_rust
    if [ $# -gt 0 ]; then
        run_steps "$@"
    else
        trap 'trap - INT TERM && kill 0' INT TERM
        asked=$((1 + ${#LANE_1[@]} + ${#LANE_2[@]}))
        run_step build
        run_steps "${LANE_1[@]}" &
        run_steps "${LANE_2[@]}" &
        wait
    fi
    while IFS= read -r failed; do
        tell_failure "$failed"
    done <"$LOGS/failed"
    passed=$(wc -l <"$LOGS/passed")
    failed=$(wc -l <"$LOGS/failed")
    echo "$passed passed, $failed failed"
    # A lane that broke off is no success either.
    [ "$failed" -eq 0 ] && [ "$passed" -eq "$asked" ]
}

case "${1:-}" in
    --list) printf '%s\n' build "${LANE_1[@]}" "${LANE_2[@]}" ;;
    --inside) "step_$2" ;;
    -*) fail "usage: tests/check.sh [--list | STEP ...]" ;;
    "") main ;;
    *)
        for step in "$@"; do
            declare -F "step_$step" >/dev/null || fail "there is no step \"$step\"; tests/check.sh --list names them"
        done
        main "$@"
        ;;
esac
