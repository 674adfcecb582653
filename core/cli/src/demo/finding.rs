//! Scene 2: finding households, as a collector types.

use super::office::World;
use super::stage::Stage;
use crate::output::Failure;
use raseed_till::Found;

/// Searches by each thing that people know about a household.
pub fn scene(stage: &mut Stage, world: &mut World) -> Result<(), Failure> {
    stage.scene("Finding a household, with no network");
    let household = world.till.household(&world.household)?;
    let account = household.account;
    let first_letters = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    let name_and_house = format!("{} {}", first_letters(&account.name_latin, 4).to_lowercase(), account.house);
    for (what, typed) in [
        ("part of the name", first_letters(&account.name_latin, 5).to_lowercase()),
        ("in its own script", first_letters(&account.name, 4)),
        ("name and house", name_and_house),
        ("consumer number", account.id.as_str().replace('-', "").to_lowercase()),
        ("last digits of the phone", account.phone_last4.clone()),
    ] {
        let found = world.till.find(&typed, 3)?;
        stage.note(&format!("{what}: \"{typed}\""));
        found.iter().for_each(|row| stage.note(&line(row)));
        stage.must(!found.is_empty(), &format!("\"{typed}\" finds somebody"))?;
    }
    Ok(())
}

fn line(found: &Found) -> String {
    format!(
        "   {:<12} {:>9}  {} ({}), {}, {}",
        found.account,
        found.open.to_string(),
        found.name,
        found.name_latin,
        found.house,
        found.place
    )
}
