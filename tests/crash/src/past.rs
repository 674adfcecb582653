//! What was asked of a till and an office, what was answered, and what is therefore true: the model that an image is held to.

use crate::ops::Known;
use raseed_protocol::ids::EntryId;
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::EnrolmentLink;
use raseed_till::{BillAtDoor, CardCame, Collect, Complain, EndPayment, OpenShift, RequestPayment, TakePayment};
use std::collections::BTreeMap;

/// Something that a person wants of the till; asked again after a crash, it must be there once.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Cash for a receipt.
    Collect(Collect),
    /// A bill at the door.
    Bill(BillAtDoor),
    /// A payment by UPI or card.
    Ask(RequestPayment),
    /// The receipt for it.
    Take(TakePayment),
    /// Its end without a receipt.
    End(EndPayment),
    /// What the card app said.
    Card(CardCame),
    /// A complaint.
    Complain(Complain),
    /// A shift.
    Shift(OpenShift),
    /// A clock that was set back is right.
    Clock,
    /// A receipt came out of the printer.
    Printed(EntryId),
    /// A PIN that is not the supervisor's.
    WrongPin,
    /// What time and the head office's words make of payments.
    Follow,
    /// The line to the head office.
    Sync,
    /// Enrolment with this link.
    Enrol(EnrolmentLink),
}

/// A wish, and when it was begun.
#[derive(Clone, Debug)]
pub struct Wished {
    /// How many calls had been recorded.
    pub begun: usize,
    /// What the clock showed.
    pub wall: WallMs,
    /// Of which incarnation it was asked.
    pub incarnation: u16,
    /// What.
    pub wish: Wish,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Past {
    /// What was answered.
    pub known: Known,
    /// What was asked, in its order.
    pub wishes: Vec<Wished>,
    /// The journals as they were read back, incarnation by incarnation.
    pub truth: BTreeMap<u16, Vec<Vec<u8>>>,
    /// What the clock showed at the beginning.
    pub began: WallMs,
    /// True if a call was made to fail: then an entry may stand that nobody could read back.
    pub had_faults: bool,
}

impl Past {
    /// Nothing has happened yet.
    pub fn beginning(began: WallMs) -> Past {
        Past { known: Known::default(), wishes: Vec::new(), truth: BTreeMap::new(), began, had_faults: false }
    }

    /// The past of somebody whose power was cut after so many calls, with what was known then.
    pub fn until(&self, cut: usize, known: &Known) -> Past {
        let wishes: Vec<Wished> = self.wishes.iter().filter(|wished| wished.begun <= cut).cloned().collect();
        Past { known: known.clone(), wishes, ..self.clone() }
    }

    /// What the clock showed when the newest wish was begun.
    pub fn wall(&self) -> WallMs {
        self.wishes.last().map_or(self.began, |wished| wished.wall)
    }
}
