//! Raseed on a host: a head office, a till, a verifier, an auditor and a demonstration in one program.
//!
//! The composition root: the only crate that asks the machine for time, random bytes and folders. No rule lives here.

mod args;
mod demo;
mod journal;
mod machine;
mod office;
mod output;
mod picture;
mod psp;
mod qr;
mod sms;
mod till;
mod verify;
mod whole_file;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let out = output::Output::new(args.json);
    let done = match args.command {
        Command::Demo(command) => demo::run(&command, &out),
        Command::Office(command) => office::run(&command, &out),
        Command::Till(command) => till::run(&command, &out),
        Command::Verify(command) => verify::run(&command, &out),
        Command::Journal(command) => journal::run(&command, &out),
        Command::Qr(command) => qr::run(&command, &out),
        Command::Psp(command) => psp::run(&command, &out),
        Command::Sms(command) => sms::run(&command, &out),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            out.refusal(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
