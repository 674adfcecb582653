//! The head office's end of the line: the released server's own routes over the released office, without a socket between. It can be
//! killed between storing and answering.

use crate::message::{Answer, Message};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use raseed_head_office::Office;
use raseed_head_office::server::{Limits, router};
use raseed_protocol::time::WallMs;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// No answer is longer.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

thread_local! {
    /// The head office's clock: the server asks for it by a plain function, on the thread that waits for its answer.
    static OFFICE_WALL: Cell<u64> = const { Cell::new(0) };
}

/// A head office in a folder, as long as its program runs.
pub struct OfficeEnd {
    folder: PathBuf,
    runtime: Rc<Runtime>,
    running: Option<Running>,
}

struct Running {
    office: Arc<Office>,
    service: TowerToHyperService<Router>,
}

/// What the server works on; one for many runs, because its threads are dear.
pub fn runtime() -> Rc<Runtime> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    Rc::new(builder.enable_time().max_blocking_threads(1).build().expect("threads can be had"))
}

impl OfficeEnd {
    pub fn open(folder: &Path, runtime: &Rc<Runtime>) -> OfficeEnd {
        let mut end = OfficeEnd { folder: folder.to_owned(), runtime: Rc::clone(runtime), running: None };
        end.start();
        end
    }

    /// The program ends, whatever it was about to say, and is started again.
    pub fn crash(&mut self) {
        self.running = None;
        self.start();
    }

    fn start(&mut self) {
        let office = Arc::new(Office::open(&self.folder).expect("a healthy office"));
        let limits = Limits { enrolments_a_minute: u32::MAX, ..Limits::default() };
        let service = TowerToHyperService::new(router(Arc::clone(&office), office_wall, limits));
        self.running = Some(Running { office, service });
    }

    pub fn office(&self) -> &Office {
        &self.running().office
    }

    /// Handles a request as it arrived.
    pub fn answer(&self, message: &Message, now: WallMs) -> Answer {
        OFFICE_WALL.set(now.0);
        let target = if message.query.is_empty() { String::new() } else { format!("?{}", message.query) };
        let mut request = Request::builder().method(message.method).uri(format!("{}{target}", message.path));
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(message.body.clone())).expect("a request of text and bytes");
        self.runtime.block_on(async {
            let response = self.running().service.call(request).await.expect("it always answers");
            let (head, body) = response.into_parts();
            let gzipped = head.headers.get("content-encoding").is_some_and(|value| value == "gzip");
            let body = to_bytes(body, MAX_ANSWER).await.expect("a short answer").to_vec();
            Answer { status: head.status.as_u16(), gzipped, body }
        })
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("it is started again at once")
    }
}

fn office_wall() -> WallMs {
    WallMs(OFFICE_WALL.get())
}
