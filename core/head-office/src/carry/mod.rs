//! Files that were carried by hand: what a till sent is taken in, and an answer is sealed for it to carry back.
//!
//! The same signed entries, acknowledgements, words and pages as over the network; only the way is another. What a file says
//! of itself counts for nothing: entries count by the till's signature, and the answer goes to the key that the books name.

mod answer;
mod pieces;
mod take;

pub use take::CarriedIn;
