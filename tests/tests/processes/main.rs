//! The released program as people run it: real processes, real files, real loopback connections, real kills.
//!
//! What can be shown inside one process is shown elsewhere; here is what only the whole can show. Every test needs the
//! program that the environment variable RASEED names (`tests/check.sh process` builds it), and none waits for time.
//! Random tests print their seed; RASEED_SEED repeats one.

mod bad_disks;
mod bad_servers;
mod books;
mod carried;
mod command_line;
mod demo;
mod dice;
mod front;
mod kills;
mod messages;
mod office_kills;
mod paying;
mod payment_codes;
mod place;
mod program;
mod provider;
mod readme;
mod second_copy;
mod storage;
mod tills;
mod tls;
