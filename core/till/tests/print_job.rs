//! Every printer that can be thought of, against the one promise: never printed unless the printer said so.

use proptest::prelude::*;
use raseed_till::paper::{Outcome, PrintJob, PrinterState, Query, Question, Sent, Step, Talk, Trouble};
use std::num::NonZeroUsize;

fn job(bands: usize, talk: Talk) -> PrintJob {
    PrintJob::new(NonZeroUsize::new(bands).expect("a slip has bands"), talk)
}

/// A good answer to a question.
fn good(question: Question) -> u8 {
    match question {
        Question::Now(_) => 0x12,
        Question::WhenDone => 0x00,
    }
}

/// Goes on with a printer in order until `stop` says so or it is over; gives the steps taken.
fn run(job: &mut PrintJob, mut stop: impl FnMut(usize, Step) -> bool) -> Vec<Step> {
    let mut steps = Vec::new();
    loop {
        let step = job.step();
        if stop(steps.len(), step) {
            return steps;
        }
        match step {
            Step::Send(_) => job.sent(),
            Step::Ask(question, _) => assert!(job.heard(&[good(question)])),
            Step::Wait(..) => job.waited(),
            Step::Done(_) => return steps,
        }
        steps.push(step);
    }
}

fn over(job: &PrintJob) -> Option<Outcome> {
    match job.step() {
        Step::Done(outcome) => Some(outcome),
        _ => None,
    }
}

#[test]
fn a_printer_in_order_prints_and_says_so() {
    let mut job = job(3, Talk::Answers);
    let steps = run(&mut job, |_, _| false);
    assert_eq!(over(&job), Some(Outcome::Printed { paper_low: false }));
    let sends: Vec<Step> = steps.iter().copied().filter(|step| matches!(step, Step::Send(_))).collect();
    assert_eq!(sends, [Step::Send(0), Step::Send(1), Step::Send(2)]);
    assert_eq!(steps.len(), 4 + 3 + 2 + 1 + 4, "all questions before and after, one between, one in the queue");
}

#[test]
fn a_printer_that_cannot_answer_is_never_printed() {
    let mut job = job(2, Talk::Mute);
    run(&mut job, |_, _| false);
    assert_eq!(over(&job), Some(Outcome::SentUnconfirmed));
}

#[test]
fn whenever_the_connection_breaks_it_says_how_much_had_gone() {
    let whole = run(&mut job(3, Talk::Answers), |_, _| false).len();
    for at in 0..whole {
        let mut job = job(3, Talk::Answers);
        let before = run(&mut job, |taken, _| taken == at);
        let tried = before.iter().chain([&job.step()]).filter(|step| matches!(step, Step::Send(_))).count();
        let sent = before.iter().filter(|step| matches!(step, Step::Send(_))).count();
        job.gone();
        let expected = match (sent, tried) {
            (3, _) => Sent::Everything,
            (_, 0) => Sent::Nothing,
            _ => Sent::Part,
        };
        assert_eq!(over(&job), Some(Outcome::Stopped(Trouble::Gone, expected)), "step {at}");
    }
}

#[test]
fn trouble_found_between_bands_is_named_and_says_that_a_part_is_out() {
    for (query, answer, trouble) in [
        (Query::Paper, 0x7e, Trouble::PaperOut),
        (Query::Offline, 0x16, Trouble::CoverOpen),
        (Query::Error, 0x32, Trouble::Broken),
        (Query::Printer, 0x1a, Trouble::Offline),
    ] {
        let mut job = job(3, Talk::Answers);
        run(&mut job, |_, step| step == Step::Send(1));
        job.sent();
        assert!(job.heard(&[0x1a]), "offline");
        run(&mut job, |_, step| matches!(step, Step::Ask(Question::Now(asked), _) if asked == query));
        assert!(job.heard(&[answer]));
        run(&mut job, |_, _| false);
        assert_eq!(over(&job), Some(Outcome::Stopped(trouble, Sent::Part)), "{query:?}");
    }
}

#[test]
fn a_hot_head_is_waited_for_and_then_the_rest_is_printed() {
    let mut job = job(2, Talk::Answers);
    run(&mut job, |_, step| step == Step::Send(1));
    job.sent();
    job.reported(PrinterState::Overheated);
    assert!(matches!(job.step(), Step::Wait(PrinterState::Overheated, _)));
    run(&mut job, |_, _| false);
    // It was hot when asked whether all had come out, so it is asked again.
    assert_eq!(over(&job), Some(Outcome::Printed { paper_low: false }));
}

#[test]
fn a_head_that_stays_hot_ends_it() {
    let mut job = job(2, Talk::Answers);
    for _ in 0..1000 {
        match job.step() {
            Step::Ask(..) => job.reported(PrinterState::Overheated),
            Step::Wait(..) => job.waited(),
            Step::Send(_) => panic!("sent to a hot head"),
            Step::Done(_) => break,
        }
    }
    assert_eq!(over(&job), Some(Outcome::Stopped(Trouble::Overheated, Sent::Nothing)));
}

#[test]
fn a_printer_that_does_not_say_when_it_is_done_is_asked_how_it_is_and_leaves_it_open() {
    let mut job = job(1, Talk::Answers);
    run(&mut job, |_, step| matches!(step, Step::Ask(Question::WhenDone, _)));
    let mut out_of_paper = job.clone();
    job.silent();
    run(&mut job, |_, _| false);
    assert_eq!(over(&job), Some(Outcome::SentUnconfirmed));
    out_of_paper.silent();
    run(&mut out_of_paper, |_, step| matches!(step, Step::Ask(Question::Now(Query::Paper), _)));
    out_of_paper.heard(&[0x72]);
    assert_eq!(over(&out_of_paper), Some(Outcome::Stopped(Trouble::PaperOut, Sent::Everything)));
}

#[test]
fn noise_is_listened_through_but_not_for_ever() {
    let mut job = job(1, Talk::Answers);
    assert!(!job.heard(&[0x11, 0x13]), "flow control answers nothing");
    assert!(job.heard(&[0x11, 0x12]), "the answer behind it is taken");
    assert!(matches!(job.step(), Step::Ask(Question::Now(Query::Offline), _)));
    assert!(!job.heard(&[0xff; 32]), "some more");
    assert!(job.heard(&[0xff]));
    assert_eq!(over(&job), Some(Outcome::Stopped(Trouble::NotUnderstood, Sent::Nothing)));
}

#[derive(Clone, Debug)]
enum Event {
    /// What a printer in order does, whatever the step.
    Fine,
    Sent,
    Heard(Vec<u8>),
    Reported(PrinterState),
    Silent,
    Waited,
    Gone,
}

fn events() -> impl Strategy<Value = Event> {
    use PrinterState::*;
    let likely = prop_oneof![4 => Just(0x12u8), 2 => Just(0u8), 1 => any::<u8>()];
    let state = prop::sample::select(vec![
        Ready, Ready, PaperLow, Busy, Offline, Broken, Overheated, PaperOut, CoverOpen, Unknown,
    ]);
    prop_oneof![
        30 => Just(Event::Fine),
        6 => Just(Event::Sent),
        5 => prop::collection::vec(likely, 0..3).prop_map(Event::Heard),
        6 => state.prop_map(Event::Reported),
        1 => Just(Event::Silent),
        2 => Just(Event::Waited),
        1 => Just(Event::Gone),
    ]
}

impl Event {
    fn at(&self, step: Step) -> Event {
        match (self, step) {
            (Event::Fine, Step::Send(_)) => Event::Sent,
            (Event::Fine, Step::Ask(question, _)) => Event::Heard(vec![good(question)]),
            (Event::Fine, Step::Wait(..)) => Event::Waited,
            (event, _) => event.clone(),
        }
    }
}

/// What a printer has said since the last band, judged without the machine: has it worked through everything, and which of
/// its four states were good since?
#[derive(Default)]
struct Witness {
    sent: usize,
    done: bool,
    good: Vec<Query>,
}

impl Witness {
    fn sees(&mut self, step: Step, event: &Event) {
        let says_good = |question: Question| match event {
            Event::Reported(state) => matches!(state, PrinterState::Ready | PrinterState::PaperLow),
            Event::Heard(bytes) => bytes.iter().any(|byte| match question {
                Question::WhenDone => byte & 0x9c == 0,
                Question::Now(Query::Printer) => byte & 0x93 == 0x12 && byte & 0x68 == 0,
                Question::Now(Query::Offline) => byte & 0x93 == 0x12 && byte & 0x6c == 0,
                Question::Now(Query::Error) => byte & 0x93 == 0x12 && byte & 0x6c == 0,
                Question::Now(Query::Paper) => byte & 0x93 == 0x12 && byte & 0x60 == 0,
            }),
            _ => false,
        };
        match (step, event) {
            (Step::Send(_), Event::Sent) => *self = Witness { sent: self.sent + 1, ..Witness::default() },
            (Step::Ask(Question::WhenDone, _), _) => self.done |= says_good(Question::WhenDone),
            (Step::Ask(Question::Now(query), _), _) if says_good(Question::Now(query)) => self.good.push(query),
            _ => {}
        }
    }

    fn confirms(&self, bands: usize) -> bool {
        self.sent == bands && self.done && self.good.ends_with(&Query::ALL)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_happens_printed_means_that_the_printer_said_so(
        bands in 1usize..4, mute in any::<bool>(), events in prop::collection::vec(events(), 0..60),
    ) {
        let mut job = job(bands, if mute { Talk::Mute } else { Talk::Answers });
        let mut witness = Witness::default();
        for event in &events {
            let step = job.step();
            let event = event.at(step);
            witness.sees(step, &event);
            match &event {
                Event::Fine => {}
                Event::Sent => job.sent(),
                Event::Heard(bytes) => { job.heard(bytes); }
                Event::Reported(state) => job.reported(*state),
                Event::Silent => job.silent(),
                Event::Waited => job.waited(),
                Event::Gone => job.gone(),
            }
            if let Step::Done(before) = step {
                prop_assert_eq!(over(&job), Some(before), "what is over stays as it was");
            }
            if let Some(Outcome::Printed { .. }) = over(&job) {
                prop_assert!(!mute && witness.confirms(bands), "{:?}", events);
            }
        }
    }

    #[test]
    fn it_always_ends(bands in 1usize..4, events in prop::collection::vec(events(), 1..20)) {
        let mut job = job(bands, Talk::Answers);
        for event in events.iter().cycle().take(20_000) {
            match (job.step(), &event.at(job.step())) {
                (Step::Done(_), _) => return Ok(()),
                (Step::Send(_), _) => job.sent(),
                (Step::Wait(..), _) => job.waited(),
                (Step::Ask(..), Event::Heard(bytes)) if !bytes.is_empty() => { job.heard(bytes); }
                (Step::Ask(..), Event::Reported(state)) => job.reported(*state),
                (Step::Ask(..), _) => job.silent(),
            }
        }
        prop_assert!(false, "still at {:?}", job.step());
    }
}
