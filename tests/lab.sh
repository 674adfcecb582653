#!/usr/bin/env bash
# The crash laboratory's long run: hours on two cores. Writes tests/crash/RELIABILITY.md; fails if anything was found.
#
#   tests/lab.sh [CASES [MINUTES [FIRST_SEED [EVERY_NTH_FAULT]]]]      1,000,000 cases, 1,440 minutes, seed 1, every fault
#
# In the development profile: assertions and overflow checks of the code under test stay on.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --locked --package raseed-crash --bin lab
target/debug/lab "${1:-1000000}" "${2:-1440}" "${3:-1}" "${4:-1}" \
    "$(git rev-parse --short HEAD)" "$(date -u +%F)" tests/crash/RELIABILITY.md
