//! Asking the till and the office for something, and taking down what they answered.

use crate::bench::{Bench, TILL, Trouble, account, collector};
use crate::past::{Past, Wish};
use crate::tape::Tape;
use raseed_head_office::psp::PspPayment;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::Account;
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::Mode;
use raseed_protocol::keys::PublicKey;
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, EnrolmentLink, PaymentWords, UploadReply,
};
use raseed_tests::world::simulated_reference;
use raseed_tests::world::{Line, Patient, rupees};
use raseed_till::card::Answered;
use raseed_till::sync::{Call, SyncError, Transport};
use raseed_till::{BillAtDoor, CardCame, Collect, RequestPayment, TillError, enrol};

/// What a wish was answered with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The place of the entry that answers it, if it is one that answers for ever.
    pub place: Option<u64>,
    /// The signed entry, if it was shown.
    pub bytes: Option<Vec<u8>>,
    /// Which payment it is about.
    pub payment: Option<EntryId>,
}

impl Bench {
    /// Asks for something. What is answered is known from then on.
    pub fn ask(&mut self, wish: Wish) -> Result<Answer, Trouble> {
        self.begins(&wish);
        let answer = self.answer(&wish)?;
        if let (Wish::Printed(id), Some(copies)) = (&wish, answer.place) {
            self.past.known.copies.insert(id.sequence.0, u32::try_from(copies).unwrap_or(u32::MAX));
        }
        self.told();
        Ok(answer)
    }

    /// The same without a word about it in the past.
    pub fn answer(&mut self, wish: &Wish) -> Result<Answer, Trouble> {
        let mut answer = Answer::default();
        match wish {
            Wish::Collect(collect) => {
                let given = self.till().collect_cash(collect)?;
                (answer.place, answer.bytes) = (Some(given.id.sequence.0), Some(given.entry.bytes().to_vec()));
            }
            Wish::Bill(bill) => answer.place = Some(self.till().bill_at_door(bill)?.id.sequence.0),
            Wish::Ask(ask) => {
                let payment = self.till().request_payment(ask)?;
                (answer.place, answer.payment) = (Some(payment.id.sequence.0), Some(payment.id));
            }
            Wish::Take(take) => answer.bytes = Some(self.till().take_payment(take)?.entry.bytes().to_vec()),
            Wish::End(end) => answer.payment = Some(self.till().end_payment(end)?.id),
            Wish::Card(came) => answer.payment = Some(self.till().card_came(came)?.id),
            Wish::Complain(complain) => answer.payment = Some(self.till().complain(complain)?.payment.id),
            Wish::Shift(shift) => drop(self.till().open_shift(shift)?),
            Wish::Clock => drop(self.till().confirm_clock(&collector(), "the clock was set by hand")?),
            Wish::Printed(id) => answer.place = Some(u64::from(self.till().printed(id)?)),
            Wish::WrongPin => self.wrong_pin()?,
            Wish::Follow => drop(self.till().follow_payments()?),
            Wish::Sync => self.sync()?,
            Wish::Enrol(link) => self.enrol(link)?,
        }
        Ok(answer)
    }

    fn wrong_pin(&mut self) -> Result<(), TillError> {
        match self.till().check_pin("4711") {
            Err(TillError::WrongPin { .. }) => {
                self.past.known.wrong_pins += 1;
                Ok(())
            }
            other => other,
        }
    }

    fn sync(&mut self) -> Result<(), Trouble> {
        let Bench { till, line, office, past, tape, .. } = self;
        let key = *office.as_ref().expect("the office is open").certificate().office().expect("an office's");
        let till = till.as_mut().expect("the till is open");
        let line = line.as_mut().expect("the office is open");
        till.sync(&mut Told { line, past, tape: tape.as_ref(), key }, &mut Patient, 3)?;
        past.known.acknowledged = till.standing().acknowledged.map_or(0, |seen| seen.sequence.0);
        past.known.book = till.book_standing()?.office.0;
        Ok(())
    }

    fn enrol(&mut self, link: &EnrolmentLink) -> Result<(), Trouble> {
        let (folder, ports) = (self.till_folder(), self.ports());
        let enrolled = enrol(&folder, &ports, link, self.line.as_mut().expect("the office is open"))?;
        // A new life begins with an empty journal, whatever another attempt at it had signed.
        self.past.truth.remove(&enrolled.incarnation.0);
        self.past.known.begin_life(enrolled.incarnation.0);
        self.mark();
        Ok(())
    }

    /// A link for the till's next enrolment.
    pub fn link(&mut self) -> Result<EnrolmentLink, Trouble> {
        let (office, wall) = (self.office(), self.wall());
        let mut fill = |bytes: &mut [u8]| self.fill(bytes);
        let till = TILL.parse().expect("a till name");
        Ok(office.new_enrolment(&till, "https://office.example", wall, &mut fill)?)
    }

    /// Takes cash.
    pub fn collect(&mut self, id: &str, amount: i64) -> Result<Answer, Trouble> {
        let request = self.request();
        let wish = Collect { request, account: account(id), amount: rupees(amount), staff: collector() };
        self.ask(Wish::Collect(wish))
    }

    /// Reads the meter and makes the bill.
    pub fn bill(&mut self, id: &str, reading: Option<u32>) -> Result<Answer, Trouble> {
        let request = self.request();
        let wish = BillAtDoor { request, account: account(id), reading, confirmed: Vec::new(), staff: collector() };
        self.ask(Wish::Bill(wish))
    }

    /// Asks for a payment that is not cash.
    pub fn request_payment(&mut self, id: &str, amount: i64, mode: Mode) -> Result<EntryId, Trouble> {
        let request = self.request();
        let (account, amount) = (Some(account(id)), rupees(amount));
        let wish = RequestPayment { request, account, amount, mode, note: String::new(), staff: collector() };
        Ok(self.ask(Wish::Ask(wish))?.payment.expect("a payment was asked for"))
    }

    /// The card app says that it has charged this.
    pub fn card_charged(&mut self, payment: &EntryId, amount: i64) -> Result<Answer, Trouble> {
        let reference = simulated_reference(&self.till().card_ask(payment, "")?);
        let text = format!(
            r#"{{"status":"approved","reference":"{reference}","amount_paise":{},"rrn":"912345678901"}}"#,
            amount * 100
        );
        let answered = Answered { result_ok: Some(true), extras: vec![("response".to_owned(), text)] };
        let came = CardCame {
            payment: payment.clone(),
            answered,
            of_query: false,
            our_package: String::new(),
            staff: collector(),
        };
        self.ask(Wish::Card(came))
    }

    /// The payment service tells the head office of a payment.
    pub fn money_came(&mut self, number: u64, about: &EntryId, amount: i64) -> Result<(), Trouble> {
        let payment = PspPayment {
            id: format!("pay-{number}").parse().expect("an id"),
            reference: Some(about.to_string()),
            amount: rupees(amount),
            rrn: Some(format!("7{number:011}")),
            paid: self.wall(),
        };
        self.office().money_came(&[payment], self.wall())?;
        self.past.known.payments += 1;
        self.mark();
        Ok(())
    }

    /// The head office takes in a book.
    pub fn import(&mut self, book: raseed_head_office::import::BookFile) -> Result<(), Trouble> {
        let accounts: Vec<Account> = book.accounts;
        let bills = accounts.iter().map(|account| account.demands.len()).sum::<usize>();
        self.office().import_book(&book.rules, &book.tariffs, accounts, self.wall())?;
        self.past.known.bills = u64::try_from(bills).expect("few bills");
        self.mark();
        Ok(())
    }
}

/// The line, listening to what the head office has acknowledged: it must have it from then on.
struct Told<'a> {
    line: &'a mut Line,
    past: &'a mut Past,
    tape: Option<&'a Tape>,
    key: PublicKey,
}

impl Transport for Told<'_> {
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        self.line.enrol(office_url, request)
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        let reply = self.line.upload(call, run)?;
        if let Ok(held) = Acknowledgement::verify(&reply.acknowledgement, &self.key) {
            self.past.known.held.insert(held.incarnation.0, held.through.0);
            if let Some(tape) = self.tape {
                tape.mark(self.past.known.clone());
            }
        }
        Ok(reply)
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        self.line.day_keys(call, request)
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        self.line.payment_words(call, since)
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        self.line.book_page(call, since, most_bytes)
    }
}
