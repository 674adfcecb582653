//! Addresses to which keys may be sent.

use ureq::http::Uri;

/// True for an address with nothing after the authority, and TLS unless it is this machine.
pub(crate) fn is_safe(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return false };
    let whole = url == format!("{scheme}://{authority}") && !authority.as_str().contains('@');
    let this_machine = matches!(authority.host(), "127.0.0.1" | "localhost" | "[::1]");
    whole && (scheme == "https" || scheme == "http" && this_machine)
}
