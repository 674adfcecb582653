//! What a till is used for, as the head office sets it at enrolment. It chooses screens and must never change what money does.

use serde::{Deserialize, Serialize};
use std::str::FromStr;
use thiserror::Error;

/// What a till is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A collector who goes from door to door.
    #[default]
    Collector,
    /// A clerk at a counter.
    Counter,
    /// A merchant who takes payments for sales.
    Merchant,
    /// A device that the payers use themselves.
    Kiosk,
}

/// Text that is no profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a till is used as collector, counter, merchant or kiosk; choose one of them")]
pub struct UnknownProfile;

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 4] = [Profile::Collector, Profile::Counter, Profile::Merchant, Profile::Kiosk];

    /// What it is called in files and rows.
    pub fn code(self) -> &'static str {
        match self {
            Profile::Collector => "collector",
            Profile::Counter => "counter",
            Profile::Merchant => "merchant",
            Profile::Kiosk => "kiosk",
        }
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;
    fn from_str(text: &str) -> Result<Profile, UnknownProfile> {
        Profile::ALL.into_iter().find(|profile| profile.code() == text).ok_or(UnknownProfile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_read_back_from_its_code_and_its_json() {
        for profile in Profile::ALL {
            assert_eq!(profile.code().parse(), Ok(profile));
            assert_eq!(serde_json::to_string(&profile).unwrap(), format!("\"{}\"", profile.code()));
        }
        assert_eq!("Collector".parse::<Profile>(), Err(UnknownProfile));
    }
}
