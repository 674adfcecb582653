//! The command line.

use crate::office::OfficeSmsArgs;
use crate::office::serve::ServeArgs;
use crate::qr::QrArgs;
use crate::sms::SmsArgs;
use clap::{Parser, Subcommand};
use raseed_protocol::language::Language;
use std::path::PathBuf;

/// Collect public money offline, with receipts that anybody can check.
#[derive(Parser)]
#[command(name = "raseed", version, about, arg_required_else_help = true)]
pub struct Args {
    /// Answer in JSON, one line a result, for scripts.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// See everything work, in half a minute, with nothing set up: start here.
    Demo(DemoArgs),
    /// A head office on this machine: books, ledger, enrolment, and the server that tills sync to.
    Office(OfficeArgs),
    /// A till on this machine: everything but enrol and sync works with no network.
    Till(TillArgs),
    /// Check a receipt from the text of its QR code and the head office's root key alone.
    Verify(VerifyArgs),
    /// For auditors: check a journal, salvage what is in a damaged file.
    Journal(JournalArgs),
    /// Payment codes: judge any, or make a UPI link or a Bharat QR.
    Qr(QrArgs),
    /// A simulated payment provider (UPI) on this machine, and the payer in front of it.
    Psp(PspArgs),
    /// A simulated message gateway on this machine: what consumers' phones would get.
    Sms(SmsArgs),
}

#[derive(clap::Args)]
pub struct TillArgs {
    /// The folder of the till.
    #[arg(long, value_name = "FOLDER", default_value = "raseed-till", global = true)]
    pub data: PathBuf,
    /// Keep what is unsent a second time in this folder, on another disk or card; give it with every command.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub copy: Option<PathBuf>,
    /// The member of staff at the till.
    #[arg(long, default_value = "collector", global = true)]
    pub staff: String,
    /// Trust the head office's TLS certificate by these authorities (PEM) instead of the public ones.
    #[arg(long, value_name = "FILE", global = true)]
    pub tls_roots: Option<PathBuf>,
    #[command(subcommand)]
    pub command: TillCommand,
}

#[derive(Subcommand)]
pub enum TillCommand {
    /// Enrol this till with a link from the head office.
    Enrol {
        /// The link, as shown by `raseed office enrol`.
        link: String,
    },
    /// Open a shift.
    Shift {
        /// Cash in the bag.
        #[arg(long, default_value = "0")]
        float: String,
    },
    /// Find households by any part of a name, house, place, consumer number or phone.
    Find {
        /// What a collector would type.
        #[arg(required = true)]
        words: Vec<String>,
        /// How many at most.
        #[arg(long, default_value_t = 10)]
        most: usize,
    },
    /// Show what a household owes today.
    Show {
        /// Consumer number.
        account: String,
    },
    /// Make a bill at the door, from a meter reading or of the fixed charges.
    Bill {
        /// Consumer number.
        account: String,
        /// The meter's reading, in whole units.
        #[arg(long)]
        reading: Option<u32>,
        /// Confirm an odd reading: rolled-over, unusually-high, no-use (may be repeated).
        #[arg(long, value_name = "QUESTION")]
        confirm: Vec<String>,
        /// The id of this wish (16 hexadecimal digits); the same id again gets the same bill.
        #[arg(long)]
        request: Option<String>,
    },
    /// Take cash and give a receipt.
    Collect {
        /// Consumer number.
        #[arg(required_unless_present = "batch")]
        account: Option<String>,
        /// Rupees, as people write them; `all` for everything that is due.
        #[arg(required_unless_present = "batch")]
        amount: Option<String>,
        /// The id of this wish (16 hexadecimal digits); the same id again gets the same receipt.
        #[arg(long)]
        request: Option<String>,
        /// Write the receipt's QR code to this PNG file too.
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
        /// Read wishes from standard input, one JSON object a line: {"request": …, "account": …, "amount": …}.
        #[arg(long, conflicts_with_all = ["account", "amount", "request", "png"])]
        batch: bool,
        /// The receipt's language: en, hi, pa or bn.
        #[arg(long, default_value_t = Language::English)]
        language: Language,
    },
    /// Ask for a payment by UPI: a code for exactly this amount, and the receipt once the head office says it is paid.
    Pay(PayArgs),
    /// The newest payments that were asked for, and how they stand.
    Payments {
        /// How many to list.
        #[arg(long, default_value_t = 20)]
        most: usize,
    },
    /// One payment: how it stands, or what to do about it.
    Payment(PaymentArgs),
    /// Set the supervisor's PIN of this till; it opens what a collector may not do alone.
    Pin {
        /// The new PIN: 4 to 8 digits.
        #[arg(long)]
        new: String,
        /// The PIN so far, if one was set.
        #[arg(long)]
        old: Option<String>,
    },
    /// The bill of a household as it stands today, with a code that pays it without a collector.
    Statement {
        /// Consumer number.
        account: String,
        /// Write its QR code to this PNG file too.
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
        /// Its language: en, hi, pa or bn.
        #[arg(long, default_value_t = Language::English)]
        language: Language,
    },
    /// Show a receipt again, marked as a duplicate.
    Receipt {
        /// Its number, as in SAS07-1-391.
        number: String,
        /// Write its QR code to this PNG file too.
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
        /// Its language: en, hi, pa or bn.
        #[arg(long, default_value_t = Language::English)]
        language: Language,
    },
    /// Today's numbers.
    Today,
    /// What this till is: its name, its journal, and what its storage does when the power is cut.
    About,
    /// What the head office does not have yet.
    Queue {
        /// How many entries to list.
        #[arg(long, default_value_t = 20)]
        most: usize,
    },
    /// Send what is unsent and fetch what is new.
    Sync {
        /// Give up after this many failures in a row.
        #[arg(long, default_value_t = 5)]
        patience: u32,
        /// Seconds for one exchange.
        #[arg(long, default_value_t = 60)]
        timeout: u64,
    },
    /// Write what is unsent to a file for a stick or another phone, sealed for the head office. Needs no network.
    Carry {
        /// A folder (files are named after the entries in them), or one file.
        #[arg(value_name = "FILE|FOLDER")]
        place: PathBuf,
    },
    /// Take in an answer of the head office that was carried here.
    Take {
        /// The file.
        file: PathBuf,
    },
    /// Check any receipt with the root key that this till pinned when it was enrolled.
    Verify {
        /// The text of the QR code; `-` reads it from standard input.
        text: String,
    },
    /// Confirm a clock that is behind the newest record.
    Clock {
        /// Why it is right now.
        #[arg(long, value_name = "REASON")]
        confirm: String,
    },
    /// Verify the whole journal of this till, then make its projections again from it.
    Check,
    /// Write the journal to a file for an auditor.
    Export {
        /// The file.
        file: PathBuf,
    },
}

#[derive(clap::Args)]
pub struct PayArgs {
    /// Rupees, as people write them; `all` for everything that is due on the account.
    pub amount: String,
    /// Consumer number; without one it is a sale over the counter.
    #[arg(long)]
    pub account: Option<String>,
    /// What a sale is for; at most 40 characters.
    #[arg(long, default_value = "")]
    pub note: String,
    /// The id of this wish (16 hexadecimal digits); the same id again gets the same payment.
    #[arg(long)]
    pub request: Option<String>,
    /// Write the QR code to this PNG file too.
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Wait so many seconds for word that it is paid.
    #[arg(long, value_name = "SECONDS")]
    pub wait: Option<u64>,
}

#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("what").args(["ask", "shown", "give_up", "let_go", "complain"])))]
pub struct PaymentArgs {
    /// Its number, as in SAS07-1-391.
    pub number: String,
    /// Ask the head office what has become of it.
    #[arg(long)]
    pub ask: bool,
    /// The payer's app shows it as paid, with this reference (RRN, UTR): a receipt subject to realisation.
    #[arg(long, value_name = "REFERENCE")]
    pub shown: Option<String>,
    /// Nobody waits for it any longer.
    #[arg(long)]
    pub give_up: bool,
    /// A supervisor lets the account be charged again.
    #[arg(long, requires_all = ["supervisor", "pin", "reason"])]
    pub let_go: bool,
    /// Who lets it go.
    #[arg(long)]
    pub supervisor: Option<String>,
    /// The supervisor's PIN.
    #[arg(long)]
    pub pin: Option<String>,
    /// Why.
    #[arg(long)]
    pub reason: Option<String>,
    /// Open a complaint about it, or show the one that is open.
    #[arg(long)]
    pub complain: bool,
    /// The reference that the payer can show, for a complaint.
    #[arg(long)]
    pub reference: Option<String>,
    /// The language of what is printed: en, hi, pa or bn.
    #[arg(long, default_value_t = Language::English)]
    pub language: Language,
}

#[derive(clap::Args)]
pub struct VerifyArgs {
    /// The text of the QR code; `-` reads it from standard input.
    pub text: String,
    /// The head office's root key (52 letters and digits).
    #[arg(long)]
    pub root_key: String,
}

#[derive(clap::Args)]
pub struct JournalArgs {
    #[command(subcommand)]
    pub command: JournalCommand,
}

#[derive(Subcommand)]
pub enum JournalCommand {
    /// Verify every signature, every link of the chain and every running total.
    Check {
        /// An exported journal, or a till's `till.db` (also a damaged one). Several are looked at together: forks between them,
        /// and what is missing between one life of a till and the next.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The head office's root key. Without it a `till.db` is checked against the key in the file itself.
        #[arg(long)]
        root_key: Option<String>,
        /// The text of the QR code of a receipt that was given out: it must stand in one of the files. That finds what signatures
        /// cannot: an end that was cut off, entries that were signed anew. Give as many as there are.
        #[arg(long, value_name = "CODE")]
        receipt: Vec<String>,
        /// Write what can still be read to this folder, one file an incarnation.
        #[arg(long, value_name = "FOLDER")]
        salvage: Option<PathBuf>,
    },
}

#[derive(clap::Args)]
pub struct OfficeArgs {
    /// The folder of the head office: its books and its keys.
    #[arg(long, value_name = "FOLDER", default_value = "raseed-office", global = true)]
    pub data: PathBuf,
    #[command(subcommand)]
    pub command: OfficeCommand,
}

#[derive(Subcommand)]
pub enum OfficeCommand {
    /// Import a bill book: a folder of CSV files, or one JSON file. Makes the head office if the folder is new.
    Import {
        /// The book (formats: schemas/book-import.md).
        book: PathBuf,
    },
    /// Answer tills and citizens.
    Serve(ServeArgs),
    /// Show a one-time link that enrols a till.
    Enrol {
        /// The till's name, as in SAS07.
        till: String,
        /// Where tills reach this head office.
        #[arg(long, default_value = "http://127.0.0.1:8480")]
        url: String,
        /// Write the link's QR code to this PNG file too.
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
        /// What the till is used for: collector, counter, merchant or kiosk. Left out: as before, at first collector.
        #[arg(long)]
        profile: Option<String>,
    },
    /// All tills: what they are used for, how far their journals are here, and what their storage does when the power is cut.
    Tills,
    /// Take nothing more from a till by network (a lost or stolen device).
    Revoke {
        /// The till.
        till: String,
    },
    /// The ledger: trial balance, cash by till, totals by head; or the statement of one account.
    Ledger {
        /// The statement of this account.
        #[arg(long)]
        account: Option<String>,
        /// Work everything out again, another way, and say whether it agrees.
        #[arg(long)]
        verify: bool,
    },
    /// What needs a person's eye.
    Exceptions,
    /// UPI and card payments: what waits for a receipt, was credited by the office, or is to be given back.
    Payments(PaymentsArgs),
    /// A poster with a code for everybody, from the rules' UPI address: hang it up only where no till is, as the office decides.
    ///
    /// It names no bill and no amount, so a person has to place what comes by it (`office payments --place`). No till shows such
    /// a code: at a counter each payment has its own.
    Poster {
        /// Its language: en, hi, pa or bn.
        #[arg(long, default_value_t = Language::English)]
        language: Language,
        /// Where to write it: FILE.html is the whole page (A5, to be printed), FILE.svg or FILE.png the code alone.
        #[arg(long = "out", value_name = "FILE")]
        file: PathBuf,
    },
    /// Take in a settlement file of the payment service or the bank. The same file again changes nothing.
    Settle {
        /// The file (CSV).
        file: PathBuf,
        /// What its columns are (format: schemas/settlement-import.md).
        #[arg(long, value_name = "FILE")]
        map: PathBuf,
    },
    /// Complaints about payments: the open ones, those first that were promised first.
    Complaints {
        /// Closed ones too.
        #[arg(long, conflicts_with = "close")]
        all: bool,
        /// Close this one, as in SAS07-1-44.
        #[arg(long, value_name = "NUMBER", requires = "outcome")]
        close: Option<String>,
        /// How it ended: paid, credited, refunded, not-debited or realised.
        #[arg(long, requires = "close")]
        outcome: Option<String>,
    },
    /// Whole phone numbers for messages: take in a file (schemas/contacts-import.md), delete one, or list them masked.
    Contacts {
        /// The file (CSV: account, phone, language).
        #[arg(conflicts_with = "forget")]
        file: Option<PathBuf>,
        /// Delete the phone of this account.
        #[arg(long, value_name = "ACCOUNT")]
        forget: Option<String>,
    },
    /// Messages to consumers: bills, receipts, payments, complaints (sms.json: schemas/sms.md).
    Sms(OfficeSmsArgs),
    /// Take in files that were carried here: from `raseed till carry`, a till's second copy, an exported journal. The same
    /// file again changes nothing.
    Take {
        /// The files, in any order.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Write an answer for each till to this folder.
        #[arg(long, value_name = "FOLDER")]
        answer: Option<PathBuf>,
    },
    /// Write the book for a till that did not ask, sealed for it.
    Carry {
        /// The till.
        #[arg(long)]
        till: String,
        /// Only what changed after this cursor.
        #[arg(long, default_value_t = 0)]
        since: u64,
        /// The file.
        file: PathBuf,
    },
    /// The root key, for `raseed verify`.
    Key,
}

#[derive(clap::Args)]
pub struct PaymentsArgs {
    /// Those that need nothing too.
    #[arg(long)]
    pub all: bool,
    /// Credit what waits for the receipt of this request, as in SAS07-1-42: the till is lost, or was replaced.
    #[arg(long, value_name = "REQUEST", conflicts_with_all = ["all", "refunded", "fetch"])]
    pub credit: Option<String>,
    /// Record that this payment was given back.
    #[arg(long, value_name = "PAYMENT", conflicts_with_all = ["all", "fetch"])]
    pub refunded: Option<String>,
    /// Credit this payment, which came without a reference, to the account that it is for.
    #[arg(long, value_name = "PAYMENT", requires = "account", conflicts_with_all = ["all", "fetch", "credit", "refunded"])]
    pub place: Option<String>,
    /// The consumer number for --place.
    #[arg(long, requires = "place")]
    pub account: Option<String>,
    /// Ask the payment service for what came in so many hours until now, in case its news got lost.
    #[arg(long, value_name = "HOURS", conflicts_with = "all")]
    pub fetch: Option<u32>,
}

#[derive(clap::Args)]
pub struct DemoArgs {
    /// Keep everything in this new folder (otherwise in one of the system's temporary folders).
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct PspArgs {
    #[command(subcommand)]
    pub command: PspCommand,
}

#[derive(Subcommand)]
pub enum PspCommand {
    /// Play a payment provider (in the form of Razorpay's API) until interrupted. No money moves.
    Simulate {
        /// Address and port, on this machine alone.
        #[arg(long, default_value = "127.0.0.1:8490")]
        listen: std::net::SocketAddr,
        /// Where to tell of payments, as in http://127.0.0.1:8480/v1/psp/webhook.
        #[arg(long, value_name = "URL")]
        webhook: Option<String>,
        /// The secret that it shares with the head office, for keys and webhooks; made if there is no such file.
        #[arg(long, value_name = "FILE", default_value = "raseed-psp.secret")]
        secret_file: PathBuf,
        /// Write psp.json into this head office's folder, so that it asks this provider.
        #[arg(long, value_name = "FOLDER")]
        configure: Option<PathBuf>,
        /// Ids and faults are drawn from this; the same number, the same run.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Pay a QR code, a reference or a UPI link, as a payer would.
    Pay {
        #[command(flatten)]
        at: PspAt,
        /// The text of a QR code (upi://pay?…).
        #[arg(required_unless_present_any = ["qr", "reference"], conflicts_with_all = ["qr", "reference"])]
        link: Option<String>,
        /// The provider's id of a QR code (qr_…).
        #[arg(long, conflicts_with = "reference")]
        qr: Option<String>,
        /// The reference under which a QR code was ordered.
        #[arg(long)]
        reference: Option<String>,
        /// Rupees, as people write them; what is asked for if not given.
        #[arg(long)]
        amount: Option<String>,
        /// The money comes in so many milliseconds.
        #[arg(long, default_value_t = 0)]
        after_ms: u64,
    },
    /// Say how badly it is to behave from now on; without options it behaves well again.
    Faults {
        #[command(flatten)]
        at: PspAt,
        /// Webhook calls that are never made, in a thousand.
        #[arg(long, default_value_t = 0)]
        webhook_lost: u16,
        /// Webhook calls that are made twice, in a thousand.
        #[arg(long, default_value_t = 0)]
        webhook_twice: u16,
        /// Webhook calls come up to so many milliseconds late.
        #[arg(long, default_value_t = 0)]
        webhook_delay_ms: u64,
        /// Answers that are lost, in a thousand.
        #[arg(long, default_value_t = 0)]
        answer_lost: u16,
        /// Answers that are "status 500", in a thousand.
        #[arg(long, default_value_t = 0)]
        answer_500: u16,
        /// What happens to the next calls: none, answer-lost or status-500, with commas between.
        #[arg(long, value_delimiter = ',')]
        plan: Vec<String>,
    },
    /// Show what came: every payment, the sum, and what became of the news of it.
    State {
        #[command(flatten)]
        at: PspAt,
    },
}

#[derive(clap::Args)]
pub struct PspAt {
    /// Where the simulated provider answers.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8490")]
    pub at: String,
}
