//! What people, devices and the head office do in a run.

use crate::both_sides::what_counts_as_sent_is_stored;
use crate::counter::Counter;
use crate::dice::Dice;
use crate::network::{Weather, below};
use crate::scene::Scene;
use crate::stage::{ACCOUNTS, book_after};
use crate::till_end::{Cable, Patience, URL};
use raseed_head_office::psp::PspPayment;
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::journal::Mode;
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::time::WallMs;
use raseed_tests::world::{HandClock, Seeded, rupees, staff};
use raseed_till::sync::SyncReport;
use raseed_till::{Collect, EndPayment, Ending, OpenShift, RequestPayment, TillError, enrol};
use std::rc::Rc;

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 86_400_000;

impl Scene {
    /// One act, by its own dice.
    pub fn act(&mut self, seed: u64) -> Result<(), String> {
        let mut dice = Dice::new(seed);
        self.network.borrow_mut().dice = Dice::new(dice.roll());
        let at = below(&mut dice, self.counters.len());
        if self.counters[at].till.is_none() {
            return self.enrol(at);
        }
        match dice.below(32) {
            0..=9 => self.collect(at, &mut dice),
            10..=17 => self.sync_in_any_weather(at, &mut dice),
            18 | 19 => self.ask_for_payment(at, &mut dice),
            20 => self.let_go(at),
            21 | 22 => self.money_comes(at, &mut dice),
            23 => self.reopen(at),
            24 | 25 => self.clock_jumps(at, &mut dice),
            26..=28 => self.time_passes(&mut dice),
            29 => self.another_month_is_billed(),
            30 => self.copy_the_device(&mut dice),
            _ => {
                self.note("the head office is started again");
                self.network.borrow_mut().office.crash();
                Ok(())
            }
        }
    }

    fn collect(&mut self, at: usize, dice: &mut Dice) -> Result<(), String> {
        let again = dice.one_in(4).then(|| dice.pick(&self.counters[at].taken).cloned()).flatten();
        let (account, amount) = (account(dice), rupees(i64::try_from(dice.below(400)).expect("small") + 1));
        let counter = &mut self.counters[at];
        let till = counter.till.as_mut().expect("an enrolled till");
        let fresh = || Collect { request: till.new_request(), account, amount, staff: staff() };
        let wish = again.as_ref().map_or_else(fresh, |(wish, _)| wish.clone());
        let line = format!("{}: {} for {}", counter.label, wish.amount, wish.account);
        match (till.collect_cash(&wish), again) {
            (Ok(given), Some((_, before))) => {
                self.seen.repeated += 1;
                self.note(format!("{line}, asked again"));
                if given.entry != before.entry || !given.repeated {
                    return Err(format!("the same wish got another receipt: {} and {}", before.id, given.id));
                }
                Ok(())
            }
            (Ok(given), None) => {
                self.note(format!("{line}: receipt {}", given.id.sequence));
                counter_of(&mut self.counters, at).taken.push((wish, given));
                Ok(())
            }
            (Err(error), _) => self.refused(at, &line, &error),
        }
    }

    /// A refusal must be one that this scene explains. A clock that went back is confirmed by a person.
    fn refused(&mut self, at: usize, line: &str, error: &TillError) -> Result<(), String> {
        self.note(format!("{line}: {}", error.code()));
        match error {
            TillError::ClockWentBack { .. } => {
                self.seen.clock_confirmed += 1;
                let till = self.counters[at].till.as_mut().expect("an enrolled till");
                match till.confirm_clock(&staff(), "seen on the wall") {
                    Ok(_) => Ok(()),
                    Err(error) if self.is_twin(at) && error.code() == "behind" => Ok(()),
                    Err(TillError::DayIsOver { .. }) => {
                        self.seen.day_over += 1;
                        Ok(())
                    }
                    Err(error) => Err(format!("{line}: the clock cannot be confirmed: {error}")),
                }
            }
            // Its keys are destroyed: it works again when its clock has come so far, or with the keys of the next sync.
            TillError::DayIsOver { .. } => {
                self.seen.day_over += 1;
                Ok(())
            }
            TillError::Payment(_) | TillError::MoneyMayHaveMoved { .. } | TillError::NoShift | TillError::NoBook => {
                Ok(())
            }
            error if self.is_twin(at) && error.code() == "behind" => Ok(()),
            error => Err(format!("{line}: {error}")),
        }
    }

    fn sync_in_any_weather(&mut self, at: usize, dice: &mut Dice) -> Result<(), String> {
        let patience = u32::try_from(dice.below(5)).expect("small") + 1;
        let outcome = self.sync(at, patience);
        what_counts_as_sent_is_stored(self, at)?;
        match outcome {
            Ok(_) => self.open_a_shift(at),
            Err(error) => {
                self.seen.broken_off += 1;
                let passing = ["unreachable", "interrupted", "nonsense", "not-the-office", "refused"];
                let twins = ["forked", "behind"];
                let known = passing.contains(&error.code()) || (self.is_twin(at) && twins.contains(&error.code()));
                if known { Ok(()) } else { Err(format!("{} syncs: {error}", self.counters[at].label)) }
            }
        }
    }

    /// A newcomer that has its book begins to work.
    fn open_a_shift(&mut self, at: usize) -> Result<(), String> {
        let till = self.counters[at].till.as_mut().expect("an enrolled till");
        if till.standing().shift > 0 {
            return Ok(());
        }
        match till.open_shift(&OpenShift { staff: staff(), float: rupees(500) }) {
            Ok(_) => Ok(()),
            Err(error) => self.refused(at, "its first shift", &error),
        }
    }

    /// Syncs once.
    pub fn sync(&mut self, at: usize, patience: u32) -> Result<SyncReport, TillError> {
        let (mut cable, mut wait) = (Cable(Rc::clone(&self.network)), Patience(Rc::clone(&self.network)));
        self.note(format!("{} syncs", self.counters[at].label));
        self.seen.syncs += 1;
        let till = self.counters[at].till.as_mut().expect("an enrolled till");
        let outcome = till.sync(&mut cable, &mut wait, patience);
        let said = outcome.as_ref().map_or_else(|error| error.code().to_owned(), |report| format!("{report:?}"));
        self.note(format!("  {said}"));
        outcome
    }

    /// A device enrols over the line as it is; one that heard no answer asks again, with the same link.
    pub fn enrol(&mut self, at: usize) -> Result<(), String> {
        let link = self.link.as_ref().expect("it has a link");
        let counter = &mut self.counters[at];
        let outcome = enrol(&counter.folder, &counter.ports(), link, &mut Cable(Rc::clone(&self.network)));
        let said = outcome.as_ref().map_or_else(|error| error.code().to_owned(), |_| "enrolled".to_owned());
        self.network.borrow_mut().note(format!("{} enrols: {said}", counter.label));
        match outcome {
            Ok(enrolled) if enrolled.incarnation.0 == 1 || self.link_renewed => {
                self.seen.enrolled += 1;
                counter.reopen();
                Ok(())
            }
            Ok(enrolled) => Err(format!("one key began life {}", enrolled.incarnation)),
            Err(TillError::Sync(_) | TillError::NotTheOffice(_)) => Ok(()),
            Err(error) => Err(format!("{} enrols: {error}", counter.label)),
        }
    }

    /// A link that nobody used grows too old. And a device that heard an old refusal in place of its certificate, or whose repeated
    /// request was refused because it was cut, takes its key for used up and makes another one, which the link does not serve. The
    /// supervisor shows another link then.
    fn enrol_at_last(&mut self, at: usize) -> Result<(), String> {
        self.enrol(at)?;
        if self.counters[at].till.is_some() {
            return Ok(());
        }
        let (mut entropy, name) = (Seeded::new(self.seed), self.counters[at].name.clone());
        let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
        let network = self.network.borrow();
        let link = network.office.office().new_enrolment(&name, URL, network.wall(), &mut fill);
        drop(network);
        (self.link, self.link_renewed) = (Some(link.map_err(|error| error.to_string())?), true);
        self.enrol(at)?;
        match self.counters[at].till {
            Some(_) => Ok(()),
            None => Err(format!("{name} cannot enrol over a line that works")),
        }
    }

    fn ask_for_payment(&mut self, at: usize, dice: &mut Dice) -> Result<(), String> {
        let till = self.counters[at].till.as_mut().expect("an enrolled till");
        let (request, account, amount) = (till.new_request(), Some(account(dice)), rupees(40));
        let wish = RequestPayment { request, account, amount, mode: Mode::Upi, note: String::new(), staff: staff() };
        let line = format!("{} asks for a payment", self.counters[at].label);
        match self.counters[at].till.as_mut().expect("an enrolled till").request_payment(&wish) {
            Ok(payment) => {
                self.seen.asked += 1;
                self.note(format!("{line}: {}", payment.id.sequence));
                Ok(())
            }
            Err(error) => self.refused(at, &line, &error),
        }
    }

    /// A supervisor lets the oldest payment go whose end is not known.
    fn let_go(&mut self, at: usize) -> Result<(), String> {
        let counter = counter_of(&mut self.counters, at);
        let till = counter.till.as_mut().expect("an enrolled till");
        let Some(payment) = till.pending_payments(1).map_err(|error| error.to_string())?.pop() else { return Ok(()) };
        let supervisor = "harleen".parse().expect("a staff id");
        let ending = Ending::LetGo { supervisor, reason: "seen on the phone".to_owned() };
        let line = format!("{} lets payment {} go", counter.label, payment.id.sequence);
        match till.end_payment(&EndPayment { payment: payment.id, ending, staff: staff() }) {
            Ok(_) => {
                self.note(line);
                Ok(())
            }
            Err(error) => self.refused(at, &line, &error),
        }
    }

    /// The payer pays a code that this till showed, once; the payment service tells the head office. Not where two devices give one
    /// number to two payments: which of them was paid is then for people to find out.
    fn money_comes(&mut self, at: usize, dice: &mut Dice) -> Result<(), String> {
        if self.twins.is_some() {
            return Ok(());
        }
        let till = self.counters[at].till.as_ref().expect("an enrolled till");
        let asked = till.payment_list(50).map_err(|error| error.to_string())?;
        let Some(payment) = dice.pick(&asked) else { return Ok(()) };
        let id = format!("pay_{}", payment.id);
        let network = self.network.borrow();
        let office = network.office.office();
        let known = office.payments(true).map_err(|error| error.to_string())?;
        let account = payment.account.clone().expect("asked for an account");
        if known.iter().all(|known| known.payment.id.as_str() != id) {
            self.money.push((account, payment.amount));
            self.seen.paid += 1;
        }
        // The same news more than once is no more money.
        let came = news(&id, &payment.id, payment.amount, network.wall());
        office.money_came(&[came], network.wall()).map_err(|error| error.to_string())?;
        drop(network);
        self.note(format!("{id} comes"));
        Ok(())
    }

    fn reopen(&mut self, at: usize) -> Result<(), String> {
        self.note(format!("{} is opened again", self.counters[at].label));
        self.counters[at].reopen();
        Ok(())
    }

    /// Forward or back, by minutes to years.
    fn clock_jumps(&mut self, at: usize, dice: &mut Dice) -> Result<(), String> {
        let most = [60 * MINUTE_MS, DAY_MS, 400 * DAY_MS, 4_000 * DAY_MS];
        let most = *dice.pick(&most).expect("four");
        let by = dice.below(most);
        let clock = &self.counters[at].clock;
        let (now, back) = (clock.wall().0, dice.one_in(2));
        clock.set(WallMs(if back { now.saturating_sub(by) } else { now + by }));
        let way = if back { "back" } else { "forward" };
        self.note(format!("{}: its clock jumps {way} by {} minutes", self.counters[at].label, by / MINUTE_MS));
        Ok(())
    }

    fn time_passes(&mut self, dice: &mut Dice) -> Result<(), String> {
        let most = if dice.one_in(3) { 20 * DAY_MS } else { 30 * MINUTE_MS };
        let by = dice.below(most);
        self.note(format!("{} minutes pass", by / MINUTE_MS));
        self.network.borrow_mut().pass(by);
        Ok(())
    }

    fn another_month_is_billed(&mut self) -> Result<(), String> {
        self.months += 1;
        self.seen.books += 1;
        self.note(format!("month {} is billed", self.months));
        let book = book_after(self.months, self.fees);
        let network = self.network.borrow();
        let office = network.office.office();
        let imported = office.import_book(&book.rules, &book.tariffs, book.accounts, network.wall());
        imported.map(drop).map_err(|error| error.to_string())
    }

    /// From now on there are two devices with one identity.
    fn copy_the_device(&mut self, dice: &mut Dice) -> Result<(), String> {
        if self.twins.is_some() || !self.money.is_empty() {
            return Ok(());
        }
        let clock = HandClock::new(self.counters[0].clock.wall());
        let folder = self.folder.path().join("copied");
        let copied = self.counters[0].copied(&folder, clock.clone(), Seeded::new(dice.roll()));
        self.note(format!("{} is copied", self.counters[0].label));
        self.network.borrow_mut().clocks.push(clock);
        self.counters.push(copied);
        self.twins = Some((0, self.counters.len() - 1));
        self.seen.copied += 1;
        Ok(())
    }

    /// The weather clears, what is under way still comes, and people set their clocks: then one sync is enough for every till.
    pub fn heal(&mut self) -> Result<(), String> {
        self.note("the weather clears");
        self.network.borrow_mut().weather = Weather::default();
        self.network.borrow_mut().dice = Dice::new(self.seed);
        // Long enough for what nobody paid to end.
        self.network.borrow_mut().pass(DAY_MS);
        let wall = self.network.borrow().wall();
        for at in 0..self.counters.len() {
            self.counters[at].clock.set(wall);
            if self.counters[at].till.is_none() {
                self.enrol_at_last(at)?;
                self.sync(at, 1).map_err(|error| format!("{}: {error}", self.counters[at].label))?;
            }
            let fine = self.counters[at].till.as_ref().expect("all are enrolled").clock_is_fine();
            if !fine {
                self.set_right(at)?;
            }
        }
        Ok(())
    }

    /// A person confirms the clock. Where it was ahead and believed, the keys of today are destroyed: the next sync brings others.
    fn set_right(&mut self, at: usize) -> Result<(), String> {
        let confirm = |scene: &mut Scene| {
            let till = scene.counters[at].till.as_mut().expect("all are enrolled");
            till.confirm_clock(&staff(), "set right").map(drop)
        };
        let mut confirmed = confirm(self);
        if matches!(confirmed, Err(TillError::DayIsOver { .. })) {
            let synced = self.sync(at, 1);
            confirmed = synced.and_then(|_| confirm(self));
        }
        match confirmed {
            Err(error) if self.is_twin(at) && ["behind", "forked"].contains(&error.code()) => Ok(()),
            done => done.map_err(|error| format!("{}: {error}", self.counters[at].label)),
        }
    }
}

fn counter_of(counters: &mut [Counter], at: usize) -> &mut Counter {
    &mut counters[at]
}

fn account(dice: &mut Dice) -> AccountId {
    format!("A-{}", dice.below(u64::from(ACCOUNTS)) + 1).parse().expect("a consumer number")
}

fn news(id: &str, request: &EntryId, amount: raseed_protocol::money::Paise, paid: WallMs) -> PspPayment {
    PspPayment {
        id: id.parse().expect("an id"),
        reference: Some(PaymentReference::Request(request.clone()).to_string()),
        amount,
        rrn: None,
        paid,
    }
}
