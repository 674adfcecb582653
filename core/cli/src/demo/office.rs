//! Scene 1: a head office, a bill book, two tills.

use super::provider::Provider;
use super::stage::Stage;
use crate::machine::{self, Sleep};
use crate::output::Failure;
use raseed_head_office::import::{FolderBytes, read_parts};
use raseed_head_office::psp::PspConfig;
use raseed_head_office::{Office, server};
use raseed_protocol::ids::{AccountId, StaffId, TillId};
use raseed_protocol::money::Paise;
use raseed_till::sync::{HttpTransport, SyncReport};
use raseed_till::{OpenShift, Till, TillError, enrol};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// The sample book, invented: 5,000 households in 12 villages.
const BOOK: FolderBytes<'static> = FolderBytes {
    rules: include_bytes!("../../../../tests/data/sample-book/rules.json"),
    tariffs: include_bytes!("../../../../tests/data/sample-book/tariffs.json"),
    accounts: include_bytes!("../../../../tests/data/sample-book/accounts.csv"),
    demands: include_bytes!("../../../../tests/data/sample-book/demands.csv"),
};

/// Everything on stage.
pub struct World {
    /// The head office and its network.
    pub office: OnlineOffice,
    /// The payment service that it asks.
    pub provider: Provider,
    /// Where it answers.
    pub address: SocketAddr,
    /// The collector's till.
    pub till: Till,
    /// Another collector's.
    pub other: Till,
    /// A household that paid.
    pub household: AccountId,
    /// The collector.
    pub staff: StaffId,
}

/// A head office that can be taken off the network.
pub struct OnlineOffice {
    pub office: Arc<Office>,
    runtime: Runtime,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
}

impl OnlineOffice {
    fn new(office: Office) -> Result<OnlineOffice, Failure> {
        let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
        let address = "127.0.0.1:0".parse().expect("an address");
        let mut online = OnlineOffice { office: Arc::new(office), runtime, address, stop: None };
        online.connect()?;
        Ok(online)
    }

    /// Opens the port.
    pub fn connect(&mut self) -> Result<(), Failure> {
        let listener = self.runtime.block_on(TcpListener::bind(self.address));
        let listener = listener.map_err(Failure::io(self.address))?;
        self.address = listener.local_addr().map_err(Failure::io("the port"))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            // A dropped sender means the same as a sent word: stop.
            let _ = stopped.await;
        };
        self.runtime.spawn(server::serve(listener, Arc::clone(&self.office), machine::wall, shutdown));
        self.stop = Some(stop);
        Ok(())
    }

    /// Closes the port: the network is gone.
    pub fn cut(&mut self) {
        self.stop = None;
    }
}

/// Makes the office, imports the book, enrols two tills and opens their shifts.
pub fn set_up(stage: &mut Stage) -> Result<World, Failure> {
    stage.scene("A head office with a bill book, and two tills");
    let working = stage.working("reading and importing the bill book");
    let book = read_parts(BOOK).map_err(|error| Failure::new("bad-book", error))?;
    let folder = stage.folder().join("office");
    let office = Office::create(&folder, &book.rules.tenant, machine::wall(), &mut machine::random)?;
    let imported = office.import_book(&book.rules, &book.tariffs, book.accounts, machine::wall())?;
    working.finish_and_clear();
    stage.note(&format!(
        "{}: {} households and {} bills imported; its root key is {}",
        book.rules.name,
        imported.accounts_added,
        imported.demands_added,
        office.root_key()
    ));
    let mut provider = Provider::new(&folder)?;
    let psp = PspConfig::open(&folder, Arc::new(machine::wall)).map_err(|error| Failure::new("bad-psp", error))?;
    let office = OnlineOffice::new(match psp {
        Some(psp) => office.with_psp(psp),
        None => office,
    })?;
    provider.serve(office.address);
    stage.note(&format!("a simulated payment service answers on http://{}", provider.address()));
    let staff: StaffId = "jaspreet".parse().expect("a staff id");
    let till = new_till(stage, &office, "SAS07", &staff)?;
    let other = new_till(stage, &office, "SAS08", &"balwinder".parse().expect("a staff id"))?;
    let household = till.some_accounts(1)?.pop().ok_or_else(|| Failure::new("demo", "the book is empty"))?;
    let address = office.address;
    Ok(World { office, provider, address, till, other, household, staff })
}

fn new_till(stage: &Stage, office: &OnlineOffice, name: &str, staff: &StaffId) -> Result<Till, Failure> {
    let id: TillId = name.parse().map_err(|error| Failure::new("bad-till", error))?;
    office.office.add_till(&id, name)?;
    let url = format!("http://{}", office.address);
    let link = office.office.new_enrolment(&id, &url, machine::wall(), &mut machine::random)?;
    let folder = stage.folder().join(name);
    let enrolled = enrol(&folder, &machine::ports(&folder, None), &link, &mut transport())?;
    let mut till = Till::open(&folder, machine::ports(&folder, None))?;
    let working = stage.working("fetching the book of bills");
    let report = sync(&mut till)?;
    working.finish_and_clear();
    let float = Paise::from_rupees(500).expect("a small amount");
    till.open_shift(&OpenShift { staff: staff.clone(), float })?;
    stage.note(&format!(
        "till {} made its own key, was certified, fetched {} accounts and opened a shift with {float} in the bag",
        enrolled.till, report.accounts
    ));
    Ok(till)
}

/// Syncs, with little patience.
pub fn sync(till: &mut Till) -> Result<SyncReport, TillError> {
    till.sync(&mut transport(), &mut Sleep, 2)
}

fn transport() -> HttpTransport {
    HttpTransport::new(Duration::from_secs(2), Duration::from_secs(20))
}

/// Shows what a collector sees with no network.
pub fn sync_fails(stage: &mut Stage, world: &mut World) -> Result<(), Failure> {
    match sync(&mut world.till) {
        Err(error @ TillError::Sync(_)) => {
            stage.note(&format!("`till sync` says: {error}"));
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err(Failure::new("demo", "the network should be gone")),
    }
}
