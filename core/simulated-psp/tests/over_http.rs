//! The head office's adapter for Razorpay against the simulated PSP, over real HTTP on this machine.
//!
//! The clock is set by hand; who waits here waits for what happens, never for time.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use raseed_head_office::psp::razorpay::{Razorpay, Settings};
use raseed_head_office::psp::{Psp, PspError, PspPayment, QrMade, QrOrder, Secret};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use raseed_simulated_psp::server::{KEY_ID, serve};
use raseed_simulated_psp::{ApiFault, Faults, MIN_LIFE_MS, Pay, SimulatedPsp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const START: u64 = 1_795_000_000_000;
const SECRET: &str = "simulated-secret";

/// A webhook call as it arrived.
struct Heard {
    body: Vec<u8>,
    signature: String,
}

/// What the receiver of webhooks answers to the next calls; 200 when nothing is planned.
type Planned = Arc<Mutex<Vec<StatusCode>>>;

struct World {
    simulated: Arc<SimulatedPsp>,
    now: Arc<AtomicU64>,
    heard: Receiver<Heard>,
    planned: Planned,
    url: String,
    psp: Razorpay,
    _runtime: Runtime,
}

impl World {
    fn new() -> World {
        let now = Arc::new(AtomicU64::new(START));
        let clock = {
            let now = Arc::clone(&now);
            Arc::new(move || WallMs(now.load(Ordering::SeqCst)))
        };
        let simulated = Arc::new(SimulatedPsp::new(7, clock.clone(), secret(SECRET)));
        let runtime = Runtime::new().unwrap();
        let (sender, heard) = channel();
        let planned = Planned::default();
        let (listener, url) = listen(&runtime);
        let (receiver, webhook_url) = listen(&runtime);
        runtime.spawn(axum::serve(receiver, receiver_of(sender, Arc::clone(&planned))).into_future());
        let serving = serve(listener, Arc::clone(&simulated), Some(webhook_url), std::future::pending());
        runtime.spawn(serving);
        let settings = Settings::new(&url, KEY_ID, secret(SECRET), secret(SECRET)).unwrap();
        World { simulated, now, heard, planned, url, psp: Razorpay::new(settings, clock), _runtime: runtime }
    }

    fn make(&self, reference: &str, rupees: i64) -> Result<QrMade, PspError> {
        self.psp.make_qr(&order(reference, rupees))
    }

    fn plan(&self, plan: &[ApiFault]) {
        self.behave(Faults { plan: plan.iter().copied().collect(), ..Faults::default() });
    }

    fn behave(&self, faults: Faults) {
        self.simulated.with(|simulator, _| simulator.set_faults(faults)).unwrap();
    }

    /// Acts on the controls, as somebody with a browser would.
    fn control(&self, path: &str, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let sent = agent.post(format!("{}/simulate/{path}", self.url)).header("content-type", "application/json");
        let mut answer = sent.send(body.to_string().as_bytes()).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
    }

    /// The next webhook call that tells of a payment.
    fn next_told(&self) -> PspPayment {
        loop {
            let heard = self.heard.recv_timeout(Duration::from_secs(30)).expect("a webhook call comes");
            let told = self.psp.read_webhook(&heard.body, &heard.signature).unwrap();
            if let Some(payment) = told.into_iter().next() {
                return payment;
            }
        }
    }

    fn between(&self, from: u64, to: u64) -> Vec<PspPayment> {
        self.psp.payments_between(WallMs(from), WallMs(to)).unwrap()
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn order(reference: &str, rupees: i64) -> QrOrder {
    QrOrder {
        reference: reference.to_owned(),
        amount: Paise::from_rupees(rupees).unwrap(),
        description: "Water bill".to_owned(),
        close_by: WallMs(START + 60_000),
    }
}

fn listen(runtime: &Runtime) -> (TcpListener, String) {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

fn receiver_of(heard: Sender<Heard>, planned: Planned) -> Router {
    let receive = async |State((heard, planned)): State<(Sender<Heard>, Planned)>, headers: HeaderMap, body: Bytes| {
        let signature = headers["x-razorpay-signature"].to_str().unwrap().to_owned();
        heard.send(Heard { body: body.to_vec(), signature }).unwrap();
        planned.lock().unwrap().pop().unwrap_or(StatusCode::OK)
    };
    Router::new().route("/", post(receive)).with_state((heard, planned))
}

#[test]
fn a_code_is_made_paid_and_heard_of_and_nobody_is_named() {
    let world = World::new();
    let made = world.make("SAS07-1-391", 260).unwrap();
    assert!(made.link.starts_with("upi://pay?") && made.link.contains("am=260.00"), "{}", made.link);
    assert!((START + MIN_LIFE_MS..START + 2 * MIN_LIFE_MS).contains(&made.closes.0), "clamped, and said so");
    assert_eq!(world.psp.payments_of(&made.qr), Ok(Vec::new()));
    world.now.fetch_add(5_000, Ordering::SeqCst);
    let (status, paid) = world.control("pay", &json!({ "link": made.link }));
    assert_eq!(status, 200, "{paid}");
    let told = world.next_told();
    assert_eq!(serde_json::to_value(&told).unwrap(), paid);
    assert_eq!(told.reference.as_deref(), Some("SAS07-1-391"));
    assert_eq!((told.amount, told.paid), (Paise::from_rupees(260).unwrap(), WallMs(START + 5_000)));
    assert_eq!(world.psp.payments_of(&made.qr), Ok(vec![told.clone()]));
    assert_eq!(world.between(START, START + 10_000), std::slice::from_ref(&told));
    assert_eq!(world.between(START + 6_000, START + 10_000), []);
    let text = format!("{told:?}");
    assert!(!text.contains("payer") && !text.contains("+91"), "{text}");
}

#[test]
fn a_lost_answer_is_asked_for_again_and_only_the_code_that_was_shown_is_paid() {
    let world = World::new();
    world.plan(&[ApiFault::AnswerLost, ApiFault::Status500]);
    let lost = world.make("SAS07-1-391", 260).unwrap_err();
    assert!(matches!(lost, PspError::Interrupted(_)) && lost.is_passing(), "{lost:?}");
    let refused = world.make("SAS07-1-391", 260).unwrap_err();
    assert!(matches!(refused, PspError::Refused { status: 500, .. }) && refused.is_passing(), "{refused:?}");
    let made = world.make("SAS07-1-391", 260).unwrap();
    let state = world.simulated.with(|simulator, now| simulator.state(now));
    assert_eq!(state.qr_codes, 2, "what was lost was carried out, what failed was not");
    world.control("pay", &json!({ "qr": made.qr }));
    assert_eq!(world.psp.payments_of(&made.qr).unwrap(), world.between(0, START));
}

#[test]
fn a_stranger_is_refused_and_a_dead_line_is_said_so() {
    let world = World::new();
    let with = |url: &str, key: &str| {
        let settings = Settings::new(url, KEY_ID, secret(key), secret(SECRET)).unwrap();
        Razorpay::new(settings, Arc::new(|| WallMs(START)))
    };
    let refused = with(&world.url, "another-secret").make_qr(&order("R", 1)).unwrap_err();
    assert!(matches!(refused, PspError::Refused { status: 401, .. }) && !refused.is_passing(), "{refused:?}");
    assert!(!format!("{refused} {refused:?}").contains("another-secret"));
    let (listener, nowhere) = listen(&world._runtime);
    drop(listener);
    let unreachable = with(&nowhere, SECRET).make_qr(&order("R", 1)).unwrap_err();
    assert!(matches!(unreachable, PspError::Unreachable(_)) && unreachable.is_passing(), "{unreachable:?}");
}

#[test]
fn closing_twice_is_as_good_as_once() {
    let world = World::new();
    let made = world.make("SAS07-1-391", 260).unwrap();
    assert_eq!(world.psp.close_qr(&made.qr), Ok(()));
    assert_eq!(world.psp.close_qr(&made.qr), Ok(()));
    let paid = world.make("SAS07-1-392", 260).unwrap();
    world.control("pay", &json!({ "reference": "SAS07-1-392" }));
    assert_eq!(world.psp.close_qr(&paid.qr), Ok(()));
    assert!(matches!(world.psp.close_qr("qr_unknown"), Err(PspError::Refused { status: 400, .. })));
    assert!(matches!(world.psp.close_qr("../payments"), Err(PspError::BadOrder(_))));
}

#[test]
fn late_double_wrong_and_strange_money_is_all_told() {
    let world = World::new();
    let made = world.make("SAS07-1-391", 260).unwrap();
    let late = 2 * MIN_LIFE_MS;
    for body in [
        json!({ "qr": made.qr }),
        json!({ "qr": made.qr }),
        json!({ "qr": made.qr, "amount": 1 }),
        json!({ "qr": made.qr, "after_ms": late }),
        json!({ "link": "upi://pay?pa=water@bank&pn=X&tr=SAS07-9&am=75.00&cu=INR" }),
    ] {
        assert_eq!(world.control("pay", &body).0, 200, "{body}");
    }
    assert_eq!(world.psp.payments_of(&made.qr).unwrap().len(), 3, "the late one is not there yet");
    world.now.fetch_add(late, Ordering::SeqCst);
    assert_eq!(world.psp.payments_of(&made.qr).unwrap().len(), 4);
    let all = world.between(0, START + late);
    let strange = all.iter().find(|payment| payment.reference.as_deref() == Some("SAS07-9")).unwrap();
    assert_eq!(strange.amount, Paise::from_rupees(75).unwrap());
    let mut heard = BTreeMap::new();
    while heard.len() < all.len() {
        let told = world.next_told();
        heard.insert(told.id.clone(), told);
    }
    assert!(all.iter().all(|payment| heard[&payment.id] == *payment), "asking and listening tell the same");
    let refused = [json!({}), json!({ "qr": "x", "link": "y" }), json!({ "link": "upi://pay?pa=a@b" })];
    for body in refused {
        assert_eq!(world.control("pay", &body).0, 400, "{body}");
    }
    assert_eq!(world.control("pay", &json!({ "qr": "qr_unknown" })).0, 404);
    assert_eq!(world.control("faults", &json!({ "webhook_lost": 1001 })).0, 400);
}

#[test]
fn more_payments_than_a_page_are_all_fetched_once() {
    let world = World::new();
    for number in 0..250 {
        let pay = Pay::link(&format!("upi://pay?pa=water@bank&tr=T{number}&am=1.00"));
        world.simulated.pay(&pay).unwrap();
    }
    let mut references: Vec<_> = world.between(START, START).into_iter().filter_map(|paid| paid.reference).collect();
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), 250);
}

#[test]
fn a_receiver_that_was_down_is_told_again_later_and_twice_if_so_planned() {
    let world = World::new();
    world.behave(Faults { webhook_twice: 1000, ..Faults::default() });
    world.planned.lock().unwrap().extend([StatusCode::SERVICE_UNAVAILABLE; 2]);
    let paid = world.simulated.pay(&Pay::link("upi://pay?pa=water@bank&tr=T&am=1.00")).unwrap();
    assert_eq!(world.next_told(), paid);
    assert_eq!(world.next_told(), paid);
    // Both were refused; until the PSP has noticed, its next attempts are not even planned.
    let is_planned = || world.simulated.with(|simulator, _| simulator.state(WallMs(START)).waiting == 2);
    while !is_planned() {
        std::thread::yield_now();
    }
    world.now.fetch_add(1_000, Ordering::SeqCst);
    assert_eq!(world.next_told(), paid);
    assert_eq!(world.next_told(), paid);
}
