//! `raseed qr`: payment codes, judged from standard input and made at the command line. No rule lives here.

mod args;
mod bharat;
mod lines;
mod make;
mod read;
mod show;
mod upi;

pub use args::QrArgs;

use crate::output::{Failure, Output};
use args::QrCommand;

/// Runs the command.
pub fn run(args: &QrArgs, out: &Output) -> Result<(), Failure> {
    match &args.command {
        QrCommand::Read => read::run(),
        QrCommand::Make(args) => make::run(args, out),
    }
}
