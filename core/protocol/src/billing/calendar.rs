//! The calendar of bills: how many months late, and by when a new bill is due.
//!
//! Days in, days out; nothing here knows what day it is.

use crate::book::Rules;
use crate::time::{Day, Period};

/// The first day on which a bill can be made: the first billing month that can be written down.
pub(super) fn first_billing_day() -> Day {
    Period::from_number(0).expect("January 2000 is a period").first_day()
}

/// Months or parts of a month from `due_on` to `on`: 0 up to the due date, 1 from the day after it, 2 from the day after
/// the same day of the next month (or its last day, where the month is shorter), and so on.
pub(super) fn months_late(due_on: Day, on: Day) -> u16 {
    if on <= due_on {
        return 0;
    }
    let whole = on.period().number() - due_on.period().number();
    let turn = day_of_month(due_on).min(days_in(on.period()));
    if day_of_month(on) > turn { whole + 1 } else { whole }
}

/// The day by which a bill made on `on` is due: the first `rules.due_day` of a month that leaves
/// [`Rules::MIN_DAYS_TO_PAY`] days.
pub(super) fn due_date(rules: &Rules, on: Day) -> Day {
    let earliest = on.plus_days(Rules::MIN_DAYS_TO_PAY);
    let day = i32::from(rules.due_day.clamp(1, 28));
    let same_month = earliest.period().first_day().plus_days(day - 1);
    if same_month >= earliest {
        return same_month;
    }
    // In the last month of all there is no next one: the bill is due as soon as it may be.
    earliest.period().plus_months(1).first_day().plus_days(day - 1).max(earliest)
}

fn day_of_month(day: Day) -> i32 {
    day.days_since(day.period().first_day()) + 1
}

fn days_in(period: Period) -> i32 {
    let next = period.plus_months(1);
    // The very last period has no next one; it is a December.
    if next == period { 31 } else { next.first_day().days_since(period.first_day()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_part_of_a_month_counts_as_a_month() {
        for (due, on, months) in [
            ("2026-11-15", "2026-11-01", 0),
            ("2026-11-15", "2026-11-15", 0),
            ("2026-11-15", "2026-11-16", 1),
            ("2026-11-15", "2026-12-15", 1),
            ("2026-11-15", "2026-12-16", 2),
            ("2026-11-15", "2027-11-15", 12),
            ("2026-01-31", "2026-02-28", 1),
            ("2026-01-31", "2026-03-01", 2),
            ("2026-01-31", "2026-03-31", 2),
            ("2028-01-30", "2028-02-29", 1),
            ("2028-01-30", "2028-03-01", 2),
            ("2199-11-30", "2199-12-31", 2),
        ] {
            assert_eq!(months_late(day(due), day(on)), months, "{due} {on}");
        }
    }

    #[test]
    fn a_new_bill_gives_a_week() {
        for (due_day, on, due) in [
            (15, "2026-11-01", "2026-11-15"),
            (15, "2026-11-08", "2026-11-15"),
            (15, "2026-11-09", "2026-12-15"),
            (1, "2026-11-24", "2026-12-01"),
            (1, "2026-11-25", "2027-01-01"),
            (28, "2026-12-31", "2027-01-28"),
            (5, "2199-12-28", "2199-12-31"),
        ] {
            let rules = Rules { due_day, ..super::super::test_accounts::rules() };
            assert_eq!(due_date(&rules, day(on)), day(due), "{due_day} {on}");
        }
    }
}
