//! One collection, verb by verb, with no bridge in between: what the façade's calls are compared with. It reads the machine's
//! clock to measure, and gives nothing back but times.

use raseed::fast::draw_qr;
use raseed_protocol::billing::likely_sums;
use raseed_protocol::ids::AccountId;
use raseed_protocol::language::Language;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use raseed_till::ports::{Clock, Entropy, FileVault, MachineDisk, Now};
use raseed_till::{Collect, Given, Ports, Till, TillError};
use ring::rand::{SecureRandom, SystemRandom};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// As wide as the paper.
const PAPER: usize = 384;

/// A till of this process, enrolled and synced before.
#[derive(uniffi::Object)]
pub struct Direct {
    till: Mutex<Till>,
}

#[uniffi::export]
impl Direct {
    /// Opens the till in this folder; its keys lie in `vault`.
    #[uniffi::constructor]
    pub fn new(folder: String, vault: String) -> Arc<Direct> {
        let began = Instant::now();
        let ports = Ports {
            clock: Box::new(MachineClock),
            entropy: Box::new(MachineEntropy),
            vault: Box::new(FileVault::new(vault)),
            copy: None,
            disk: Arc::new(MachineDisk::new(move || began.elapsed())),
        };
        let till = Till::open(Path::new(&folder), ports).expect("the till of this run opens");
        Arc::new(Direct { till: Mutex::new(till) })
    }

    /// Takes what this household owes: the nanoseconds of every step, in the order that the Kotlin side has them in.
    pub fn collect(&self, typed: Vec<String>, account: String) -> Vec<u64> {
        let mut till = self.till.lock().expect("nothing panicked in here before");
        let account = account.parse().expect("a consumer number of the book");
        collect(&mut till, &typed, &account).expect("the household can pay")
    }
}

fn collect(till: &mut Till, typed: &[String], account: &AccountId) -> Result<Vec<u64>, TillError> {
    let mut laps = Laps::new();
    let shift = home(till)?;
    laps.end();
    for keys in typed {
        till.find(keys, 20)?;
    }
    laps.end();
    let payable = till.household(account)?.dues.payable;
    till.payments(account, 3)?;
    till.rules()?;
    laps.end();
    till.preview(account, payable)?.by_head();
    till.rules()?;
    till.left_after(account, payable)?;
    laps.end();
    likely_sums(payable, 4);
    laps.end();
    let request = till.new_request();
    laps.end();
    let given = till.collect_cash(&Collect { request, account: account.clone(), amount: payable, staff: shift })?;
    till.copies(&given)?;
    laps.end();
    let link = slip(till, &given)?;
    laps.end();
    let mut pixels = vec![0; PAPER * PAPER * 4];
    draw_qr(&link, 4, PAPER, &mut pixels).expect("a receipt's link fits the paper");
    laps.end();
    Ok(laps.nanos)
}

fn home(till: &Till) -> Result<raseed_protocol::ids::StaffId, TillError> {
    till.standing();
    till.today()?.shares();
    till.rules()?;
    till.queue(0)?;
    till.newest_receipt()?;
    till.clock_is_fine();
    Ok(till.shift()?.expect("a shift is open").staff)
}

fn slip(till: &Till, given: &Given) -> Result<String, TillError> {
    let again = till.receipt_again(&given.id)?;
    let slip = till.slip(&again, till.copies(&again)? > 0, Language::Punjabi)?;
    Ok(slip.qr().expect("a receipt has a code").to_owned())
}

struct Laps {
    began: Instant,
    nanos: Vec<u64>,
}

impl Laps {
    fn new() -> Laps {
        Laps { began: Instant::now(), nanos: Vec::new() }
    }

    fn end(&mut self) {
        self.nanos.push(u64::try_from(self.began.elapsed().as_nanos()).expect("a run takes no centuries"));
        self.began = Instant::now();
    }
}

struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let wall = u64::try_from(wall).expect("a clock of this age");
        // One boot as long as the run lasts.
        Now { wall: WallMs(wall), boot: BootId([0; 4]), elapsed: ElapsedMs(wall) }
    }
}

struct MachineEntropy;

impl Entropy for MachineEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        SystemRandom::new().fill(bytes).expect("the system gives random bytes");
    }
}
