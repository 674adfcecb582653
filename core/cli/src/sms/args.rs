//! The command line of `raseed sms`.

use clap::{Args, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Args)]
pub struct SmsArgs {
    #[command(subcommand)]
    pub command: SmsCommand,
}

#[derive(Subcommand)]
pub enum SmsCommand {
    /// Play a message gateway (in the form of Exotel's API) until interrupted. Nothing is sent to any phone.
    Simulate(SimulateArgs),
    /// Show what phones would have got.
    Sent {
        #[command(flatten)]
        at: SmsAt,
    },
    /// Say how badly it is to behave from now on; without options it behaves well again.
    Faults {
        #[command(flatten)]
        at: SmsAt,
        /// Messages that are sent and whose answer is lost, in a thousand.
        #[arg(long, default_value_t = 0)]
        answer_lost: u16,
        /// Messages for which there is no room now, in a thousand.
        #[arg(long, default_value_t = 0)]
        busy: u16,
        /// Every answer takes so many milliseconds longer.
        #[arg(long, default_value_t = 0)]
        delay_ms: u64,
        /// What happens to the next messages: none, answer-lost, busy, refused or unpaid, with commas between.
        #[arg(long, value_delimiter = ',')]
        plan: Vec<String>,
    },
}

#[derive(Args)]
pub struct SimulateArgs {
    /// Address and port, on this machine alone.
    #[arg(long, default_value = "127.0.0.1:8491")]
    pub listen: SocketAddr,
    /// The secret that it shares with the head office; made if there is no such file.
    #[arg(long, value_name = "FILE", default_value = "raseed-sms.secret")]
    pub secret_file: PathBuf,
    /// Write what phones would get to this file too, and go on with what is there.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Write sms.json into this head office's folder, so that it sends by this gateway.
    #[arg(long, value_name = "FOLDER")]
    pub configure: Option<PathBuf>,
    /// Ids and faults are drawn from this; the same number, the same run.
    #[arg(long)]
    pub seed: Option<u64>,
}

#[derive(Args)]
pub struct SmsAt {
    /// Where the simulated gateway answers.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8491")]
    pub at: String,
}
