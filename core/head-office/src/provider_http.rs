//! Asking a provider (of payments, of messages) by HTTP: basic authentication, time-outs, no redirections. It repeats nothing by
//! itself and logs nothing; what an answer means is its caller's.

use data_encoding::BASE64;
use std::time::Duration;
use ureq::typestate::{WithBody, WithoutBody};
use ureq::{Agent, RequestBuilder};
use zeroize::Zeroizing;

/// One provider.
pub(crate) struct ProviderHttp {
    agent: Agent,
    url: String,
    authorization: Zeroizing<String>,
}

impl ProviderHttp {
    /// At this address, under a name and its secret; how long connecting may take, and all of a request.
    pub fn new(url: &str, name: &str, secret: &str, [connect, overall]: [Duration; 2]) -> ProviderHttp {
        let agent = Agent::config_builder()
            .timeout_connect(Some(connect))
            .timeout_global(Some(overall))
            .http_status_as_error(false)
            // A redirection would carry secrets and numbers to somewhere else.
            .max_redirects(0)
            .user_agent(concat!("raseed-head-office/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let keys = Zeroizing::new(format!("{name}:{secret}"));
        let authorization = Zeroizing::new(format!("Basic {}", *Zeroizing::new(BASE64.encode(keys.as_bytes()))));
        ProviderHttp { agent, url: url.to_owned(), authorization }
    }

    /// A question for this path.
    pub fn get(&self, path: &str) -> RequestBuilder<WithoutBody> {
        self.agent.get(format!("{}{path}", self.url)).header("authorization", self.authorization.as_str())
    }

    /// Something for this path.
    pub fn post(&self, path: &str) -> RequestBuilder<WithBody> {
        self.agent.post(format!("{}{path}", self.url)).header("authorization", self.authorization.as_str())
    }
}
