//! The payment service of the demonstration: the simulated one, on a loopback port of its own, with a payer who pays by
//! scanning, and a line to the head office that can be told to lose the news.

use crate::machine;
use crate::output::Failure;
use crate::psp::simulate;
use raseed_protocol::money::Paise;
use raseed_simulated_psp::{Faults, Pay, SimulatedPsp, server};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A payment service that answers.
pub struct Provider {
    psp: Arc<SimulatedPsp>,
    runtime: Runtime,
    address: SocketAddr,
    listener: Option<TcpListener>,
}

impl Provider {
    /// Makes it, and writes into the office's folder how to reach it.
    pub fn new(office: &Path) -> Result<Provider, Failure> {
        let runtime = Runtime::new().map_err(Failure::io("the threads of the payment service"))?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).map_err(Failure::io("a port"))?;
        let address = listener.local_addr().map_err(Failure::io("a port"))?;
        let file = office.join("psp.secret");
        let secret = simulate::secret(&file)?;
        simulate::write_config(office, &format!("http://{address}"), &file)?;
        let psp = SimulatedPsp::new(1, Arc::new(machine::wall), secret);
        Ok(Provider { psp: Arc::new(psp), runtime, address, listener: Some(listener) })
    }

    /// Serves, and brings its news to the head office at this address.
    pub fn serve(&mut self, office: SocketAddr) {
        if let Some(listener) = self.listener.take() {
            let news = Some(format!("http://{office}/v1/psp/webhook"));
            let never = std::future::pending();
            self.runtime.spawn(server::serve(listener, Arc::clone(&self.psp), news, never));
        }
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A payer scans a code and pays what it asks.
    pub fn scan(&self, code: &str) -> Result<Paise, Failure> {
        let paid = self.psp.pay(&Pay::link(code)).map_err(|error| Failure::new("demo", error))?;
        Ok(paid.amount)
    }

    /// Its news get lost from now on, or not any more.
    pub fn loses_news(&self, loses: bool) -> Result<(), Failure> {
        let faults = Faults { webhook_lost: if loses { 1000 } else { 0 }, ..Faults::default() };
        self.psp.with(|simulator, _| simulator.set_faults(faults)).map_err(|error| Failure::new("demo", error))
    }

    /// Everything that was paid to it.
    pub fn captured(&self) -> Paise {
        let paise = self.psp.with(|simulator, now| simulator.captured_paise(now));
        Paise::new(paise).unwrap_or_default()
    }
}
