//! The payment app that the tenant's rules name.

use super::acquirer::{Acquirer, AcquirerSettings, SettingsError};
use raseed_protocol::book::CardApp;

impl Acquirer {
    /// The app of the rules, asked by the app of this package name. Settings that it does not know are left alone.
    pub fn of_rules(app: &CardApp, our_package: &str) -> Result<Acquirer, SettingsError> {
        let text = |name: &str| app.settings.get(name).cloned();
        let list = |name: &str| {
            let codes = text(name).unwrap_or_default();
            codes.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
        };
        let settings = AcquirerSettings {
            our_package: our_package.to_owned(),
            application_id: text("application_id").unwrap_or_default(),
            user_id: text("user_id").unwrap_or_default(),
            by_service: text("transport").is_some_and(|transport| transport == "service"),
            status_type: text("status_type"),
            declined_codes: list("declined_codes"),
            cancelled_codes: list("cancelled_codes"),
        };
        Acquirer::new(app.acquirer.parse()?, &settings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::AcquirerKind;
    use super::*;

    fn app(acquirer: &str, settings: &[(&str, &str)]) -> CardApp {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        CardApp { acquirer: acquirer.to_owned(), settings }
    }

    #[test]
    fn the_rules_name_the_app_and_what_it_must_be_told() {
        let pine = app("pine-labs", &[("application_id", "a1b2"), ("declined_codes", "5, 12"), ("colour", "green")]);
        assert_eq!(Acquirer::of_rules(&pine, "app.raseed.pos").unwrap().kind(), AcquirerKind::PineLabs);
        assert!(Acquirer::of_rules(&app("pine-labs", &[]), "app.raseed.pos").is_err());
        assert!(Acquirer::of_rules(&app("somebody", &[]), "app.raseed.pos").is_err());
    }
}
