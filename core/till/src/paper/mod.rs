//! Paper: a drawn slip becomes printer bytes, and a printer's answers decide when it counts as printed.
//!
//! No device is opened here and no clock is read: bytes in, bytes out. It must never call a slip printed unless the printer
//! said so after the last of it had gone through.

mod escpos;
mod print_job;
mod printer_state;
mod raster;

pub use escpos::{Band, Finish, bands};
pub use print_job::{Outcome, PrintJob, Sent, Step, Talk, Trouble};
pub use printer_state::{PrinterState, Query, Question};
pub use raster::{BadPicture, MAX_ROWS, PaperWidth, Raster};
