//! `raseed demo`: the whole journey on one machine, from a bill book to a verified receipt in the ledger.
//!
//! Nothing is staged: a real head office on a loopback port, real tills in their own folders, a real kill. Each scene is
//! one file; this one sets the order and says what happens.

mod collecting;
mod counter;
mod finding;
mod forge;
mod kill;
mod office;
mod provider;
mod settling;
mod stage;
mod trust;

use crate::args::DemoArgs;
use crate::output::{Failure, Output};
use stage::Stage;
use std::path::PathBuf;

/// Plays the demonstration.
pub fn run(args: &DemoArgs, out: &Output) -> Result<(), Failure> {
    let folder = folder(args.folder.clone())?;
    let mut stage = Stage::new(folder, out);
    let mut world = office::set_up(&mut stage)?;
    world.office.cut();
    stage.note("The network is cut now: the head office's port is closed until the evening.");
    office::sync_fails(&mut stage, &mut world)?;
    finding::scene(&mut stage, &mut world)?;
    let receipts = collecting::scene(&mut stage, &mut world)?;
    collecting::other_till(&mut stage, &mut world)?;
    let world = kill::scene(&mut stage, world)?;
    let world = settling::scene(&mut stage, world)?;
    let world = counter::scene(&mut stage, world)?;
    trust::scene(&mut stage, &world, &receipts)?;
    stage.finish(&world)
}

/// A folder that is not there yet.
fn folder(wanted: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let folder = match wanted {
        Some(folder) => folder,
        None => {
            let mut name = [0; 4];
            crate::machine::random(&mut name);
            std::env::temp_dir().join(format!("raseed-demo-{:08x}", u32::from_le_bytes(name)))
        }
    };
    if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new("folder-in-use", format!("{} is not empty; name a new folder", folder.display())));
    }
    std::fs::create_dir_all(&folder).map_err(Failure::io(folder.display()))?;
    Ok(folder)
}
