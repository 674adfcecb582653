//! What is done to the device itself: enrolling it, opening the shift, confirming its clock, checking its file.

use crate::error::RaseedError;
use crate::money::paise;
use crate::shared::Shared;
use crate::sync::transport;
use raseed_protocol::ids::StaffId;
use raseed_protocol::wire::{BadEnrolmentLink, EnrolmentLink};
use raseed_till::OpenShift;
use std::sync::Arc;

/// Enrolment, shift, clock.
#[derive(uniffi::Object)]
pub struct Device {
    pub(crate) shared: Arc<Shared>,
}

/// What came of an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EnrolledView {
    /// The till's name.
    pub till: String,
    /// True if a damaged file was found and set aside.
    pub set_aside: bool,
}

/// The clock of the device and the newest record, for a person to compare.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClocksView {
    /// What the device shows now.
    pub device: String,
    /// When the newest record was written, by the same device's clock then.
    pub newest: String,
}

#[uniffi::export]
impl Device {
    /// Says whether this text is an enrolment link, and of which head office, before anything is sent.
    pub fn read_link(&self, text: &str) -> Result<String, RaseedError> {
        Ok(parse_link(text)?.office_url)
    }

    /// Enrols the device. Talks to the network; asking again with the same link is harmless.
    pub fn enrol(&self, link: &str) -> Result<EnrolledView, RaseedError> {
        let link = parse_link(link)?;
        self.shared.close();
        let ports = self.shared.ports.to_core();
        let enrolled = raseed_till::enrol(&self.shared.folder, &ports, &link, &mut transport());
        let enrolled = enrolled.map_err(|error| RaseedError::from_till(error, self.shared.language()))?;
        Ok(EnrolledView { till: enrolled.till.to_string(), set_aside: enrolled.set_aside.is_some() })
    }

    /// Opens a shift for this collector, with this much cash in the bag.
    pub fn open_shift(&self, staff: &str, float_paise: i64) -> Result<(), RaseedError> {
        let request = OpenShift { staff: parse_staff(staff)?, float: paise(float_paise)? };
        self.shared.till(|till| till.open_shift(&request))?;
        Ok(())
    }

    /// What the clock shows, and what it showed at the newest record.
    pub fn clocks(&self) -> Result<ClocksView, RaseedError> {
        let language = self.shared.language().core();
        self.shared.till(|till| {
            let [device, newest] = [till.wall(), till.newest_wall()].map(|wall| wall.to_people_in(language));
            Ok(ClocksView { device, newest })
        })
    }

    /// Who collects: the person of the open shift.
    pub fn staff(&self) -> Result<String, RaseedError> {
        let shift = self.shared.till(|till| till.shift())?;
        shift.map(|shift| shift.staff.to_string()).ok_or(RaseedError::OpenShift)
    }

    /// A person says that the clock is right although the newest record is of a later time.
    pub fn confirm_clock(&self, staff: &str, reason: &str) -> Result<(), RaseedError> {
        let staff = parse_staff(staff)?;
        self.shared.till(|till| till.confirm_clock(&staff, reason))?;
        Ok(())
    }

    /// True if a supervisor's PIN was set on this device.
    pub fn has_pin(&self) -> Result<bool, RaseedError> {
        self.shared.till(|till| till.has_pin())
    }

    /// Sets the supervisor's PIN; after the first time the old one is needed.
    pub fn set_pin(&self, old: Option<String>, new: &str) -> Result<(), RaseedError> {
        self.shared.till(|till| till.set_pin(old.as_deref(), new))
    }

    /// Passes if this is the supervisor's PIN: what is behind it may be shown.
    pub fn check_pin(&self, pin: &str) -> Result<(), RaseedError> {
        self.shared.till(|till| till.check_pin(pin))
    }

    /// Reads the whole file and verifies the whole journal; takes a second per 15,000 records.
    pub fn check(&self) -> Result<(), RaseedError> {
        self.shared.till(|till| till.check_file())?;
        let mut check = self.shared.till(|till| till.begin_journal_check())?;
        // A part at a time: somebody may want to take money meanwhile.
        while !self.shared.till(|till| till.continue_journal_check(&mut check, 500))? {}
        Ok(())
    }
}

pub(crate) fn parse_staff(text: &str) -> Result<StaffId, RaseedError> {
    text.trim().parse().map_err(|_| RaseedError::TypeStaff)
}

fn parse_link(text: &str) -> Result<EnrolmentLink, RaseedError> {
    text.trim().parse().map_err(|error| {
        let code = match error {
            BadEnrolmentLink::NotALink => "not-a-link",
            BadEnrolmentLink::BadCode => "bad-code",
            BadEnrolmentLink::BadKey => "bad-key",
            BadEnrolmentLink::NotEncrypted => "not-encrypted",
        };
        RaseedError::AskNewLink { code: code.to_owned() }
    })
}
