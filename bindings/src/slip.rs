//! A slip's blocks as Kotlin sees them: what stands on the paper, in order. How it is drawn is Kotlin's.

use raseed_till::Block;

/// One part of a slip.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SlipBlock {
    /// A centred line in large letters.
    Heading {
        /// Ready to show.
        text: String,
    },
    /// A centred line.
    Line {
        /// Ready to show.
        text: String,
    },
    /// What and how much.
    Row {
        /// What.
        label: String,
        /// How much.
        value: String,
    },
    /// The same, in bold.
    Total {
        /// What.
        label: String,
        /// How much.
        value: String,
    },
    /// A rule across the paper.
    Rule,
    /// A QR code.
    Qr {
        /// What it carries.
        text: String,
    },
    /// Small print.
    Note {
        /// Ready to show.
        text: String,
    },
    /// An amount in words.
    Words {
        /// Ready to show.
        text: String,
    },
}

impl From<Block> for SlipBlock {
    fn from(block: Block) -> SlipBlock {
        match block {
            Block::Heading(text) => SlipBlock::Heading { text },
            Block::Line(text) => SlipBlock::Line { text },
            Block::Row(label, value) => SlipBlock::Row { label, value },
            Block::Total(label, value) => SlipBlock::Total { label, value },
            Block::Rule => SlipBlock::Rule,
            Block::Qr(text) => SlipBlock::Qr { text },
            Block::Note(text) => SlipBlock::Note { text },
            Block::Words(text) => SlipBlock::Words { text },
        }
    }
}
