//! The head office's process dies again and again while a till syncs: nothing that it acknowledged is ever taken back.

use crate::books;
use crate::dice::Dice;
use crate::place::{Place, Server, Till, Wish};
use crate::program::Said;
use std::process::Stdio;

const KILLS: usize = 40;
/// How many receipts there are to send each time, at most.
const WISHES: usize = 24;

#[test]
#[ignore = "needs the released program"]
fn forty_kills_of_the_office_lose_and_double_nothing() {
    let mut dice = Dice::new("office kills");
    let place = Place::new(300);
    let mut server = place.serve();
    let address = server.address.clone();
    let till = place.till("SAS07", &address);
    let (mut shown, mut wanted, mut cut, mut acknowledged) = (Vec::new(), 0, 0, 0);
    for _ in 0..KILLS {
        let wishes: Vec<Wish> = (0..=dice.below(WISHES)).map(|_| wish(&place, &mut dice)).collect();
        wanted += wishes.len();
        shown.extend(books::answers(&till.batch(&wishes).out));
        let said = sync_while_it_dies(&till, server, &mut dice);
        if said.code() != 0 {
            let refusal = said.refused();
            assert!(["unreachable", "interrupted"].contains(&refusal.code.as_str()), "{refusal:?}");
            cut += 1;
        }
        let now = acknowledged_by(&place, &till);
        assert!(now >= acknowledged, "an acknowledgement was forgotten");
        acknowledged = now;
        let held = books::ledger(&place)["verified"]["entries"].as_u64().expect("a number");
        assert!(held >= acknowledged, "the office acknowledged {acknowledged} entries and holds {held}");
        server = place.serve_again(&address);
    }
    let stands = books::settled(&place, &till, "SAS07");
    books::all_shown_stand(&shown, &stands);
    assert_eq!(stands.len(), wanted, "one receipt for each wish");
    println!("office kills: {cut} of {KILLS} cut a sync off");
}

fn wish(place: &Place, dice: &mut Dice) -> Wish {
    let account = place.accounts[dice.below(place.accounts.len())].clone();
    Wish { request: dice.request(), account, amount: (dice.below(40) + 1).to_string() }
}

fn sync_while_it_dies(till: &Till, server: Server, dice: &mut Dice) -> Said {
    let mut call = till.command(&["sync", "--patience", "1", "--timeout", "20"]);
    let child = call.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    dice.dawdle(200_000);
    server.kill();
    Said::by_child(child)
}

/// Through which entry the till holds the office's signature.
fn acknowledged_by(place: &Place, till: &Till) -> u64 {
    let exported = till.run(&["export", &place.text("exported")]).good();
    let newest = exported["newest"].as_str().and_then(|id| id.rsplit('-').next()).expect("an id");
    newest.parse::<u64>().expect("a number") - till.unsent()
}
