//! The command line of `raseed qr`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args)]
pub struct QrArgs {
    #[command(subcommand)]
    pub command: QrCommand,
}

#[derive(Subcommand)]
pub enum QrCommand {
    /// Judge payment codes: one text a line on standard input, one JSON object a line out (schemas/payment-qr.md).
    Read,
    /// Make a payment code, as text and as a picture.
    Make(MakeArgs),
}

#[derive(Args)]
pub struct MakeArgs {
    /// Write the code to this PNG file.
    #[arg(long, value_name = "FILE", global = true)]
    pub png: Option<PathBuf>,
    /// Write the code to this SVG file.
    #[arg(long, value_name = "FILE", global = true)]
    pub svg: Option<PathBuf>,
    /// Draw the code on the terminal.
    #[arg(long, global = true)]
    pub terminal: bool,
    #[command(subcommand)]
    pub what: MakeWhat,
}

#[derive(Subcommand)]
pub enum MakeWhat {
    /// A UPI link: with a reference for one payment, without one for everybody.
    Upi(Box<UpiArgs>),
    /// A Bharat QR, for RuPay, other cards and UPI.
    Bharat(Box<BharatArgs>),
}

#[derive(Args)]
pub struct UpiArgs {
    /// Whom to pay, as in name@bank.
    #[arg(long, value_name = "UPI ID")]
    pub payee: String,
    /// The payee's name.
    #[arg(long)]
    pub name: String,
    /// The reference of this one payment: 4 to 35 letters, digits, - or _.
    #[arg(long, required_unless_present = "for_all")]
    pub reference: Option<String>,
    /// For everybody, as on a sticker: no reference is needed.
    #[arg(long)]
    pub for_all: bool,
    /// Rupees, as people write them. Without it the payer types an amount.
    #[arg(long)]
    pub amount: Option<String>,
    /// How far the payer may lower the amount.
    #[arg(long, requires = "amount")]
    pub minimum: Option<String>,
    /// Merchant category code, as in 4900.
    #[arg(long)]
    pub mcc: Option<String>,
    /// What for.
    #[arg(long)]
    pub note: Option<String>,
    /// Minutes from now until it ends.
    #[arg(long, value_name = "MINUTES")]
    pub minutes: Option<u32>,
    /// Purpose code, as in 10 for the Bharat Bill Payment System.
    #[arg(long)]
    pub purpose: Option<String>,
    /// The provider's organisation id.
    #[arg(long)]
    pub org: Option<String>,
    /// Terminal id.
    #[arg(long)]
    pub terminal_id: Option<String>,
}

#[derive(Args)]
pub struct BharatArgs {
    /// The merchant's name, at most 23 characters.
    #[arg(long)]
    pub name: String,
    /// Its city, at most 15 characters.
    #[arg(long)]
    pub city: String,
    /// Its PIN code.
    #[arg(long)]
    pub pin_code: String,
    /// Merchant category code, as in 4900.
    #[arg(long)]
    pub mcc: String,
    /// Its RuPay number (needs --terminal-label).
    #[arg(long, requires = "terminal_label")]
    pub rupay: Option<String>,
    /// Its account: IFSC and number, nothing between.
    #[arg(long, required_unless_present = "rupay")]
    pub account: Option<String>,
    /// Its Visa number.
    #[arg(long)]
    pub visa: Option<String>,
    /// Its Mastercard number.
    #[arg(long)]
    pub mastercard: Option<String>,
    /// Its UPI ID.
    #[arg(long, value_name = "UPI ID")]
    pub payee: Option<String>,
    /// The reference of this one payment; without it the code is for everybody.
    #[arg(long)]
    pub reference: Option<String>,
    /// Rupees, as people write them. Without it the payer types an amount.
    #[arg(long)]
    pub amount: Option<String>,
    /// How far the payer may lower the amount.
    #[arg(long, requires_all = ["amount", "reference", "payee"])]
    pub minimum: Option<String>,
    /// Bill number.
    #[arg(long)]
    pub bill: Option<String>,
    /// Consumer number.
    #[arg(long)]
    pub consumer: Option<String>,
    /// Terminal label.
    #[arg(long)]
    pub terminal_label: Option<String>,
    /// What for.
    #[arg(long)]
    pub note: Option<String>,
}
