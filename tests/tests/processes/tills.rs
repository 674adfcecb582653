//! Several tills and one head office, over real connections.

use crate::books;
use crate::dice::Dice;
use crate::place::{Place, Till, Wish};
use crate::program::Said;
use std::process::Stdio;

#[test]
#[ignore = "needs the released program"]
fn two_tills_that_take_the_same_bill_are_both_right() {
    let place = Place::new(40);
    let server = place.serve();
    let (one, two) = (place.till("SAS07", &server.address), place.till("SAS08", &server.address));
    let account = "BHG-0002";
    let first = one.run(&["collect", account, "all"]).good();
    let second = two.run(&["collect", account, "all"]).good();
    assert_eq!(first["amount_paise"], second["amount_paise"]);
    one.run(&["sync"]).good();
    two.run(&["sync"]).good();
    let queue = two.run(&["queue"]).good();
    assert_eq!(queue["notices"][0][1], "paid-twice", "{queue}");
    assert_eq!(one.run(&["queue"]).good()["notices"], serde_json::json!([]));
    let exceptions = place.office(&["exceptions"]).good();
    assert_eq!((&exceptions[0]["code"], &exceptions[0]["entry"]), (&"paid-twice".into(), &second["receipt"]));
    one.run(&["sync"]).good();
    for till in [&one, &two] {
        let shown = till.run(&["show", account]).good();
        assert_eq!(shown["account"]["advance"], first["amount_paise"], "held for what comes");
        assert_eq!(shown["dues"]["payable"], 0);
    }
    books::settled(&place, &one, "SAS07");
    books::settled(&place, &two, "SAS08");
}

#[test]
#[ignore = "needs the released program"]
fn five_tills_sync_at_once() {
    const EACH: usize = 60;
    let mut dice = Dice::new("five tills");
    let place = Place::new(60);
    let server = place.serve();
    let names: Vec<String> = (1..=5).map(|n| format!("T{n}")).collect();
    let tills: Vec<Till> = names.iter().map(|name| place.till(name, &server.address)).collect();
    let mut shown: Vec<_> = tills.iter().map(|_| Vec::new()).collect();
    for _ in 0..2 {
        for (till, shown) in tills.iter().zip(&mut shown) {
            let wishes: Vec<Wish> = (0..EACH / 2).map(|_| wish(&place, &mut dice)).collect();
            shown.extend(books::answers(&till.batch(&wishes).out));
        }
        let calls = tills.iter().map(|till| {
            till.command(&["sync"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
        });
        let calls: Vec<_> = calls.collect();
        for said in calls.into_iter().map(Said::by_child) {
            assert_eq!(said.good()["unsent"], 0);
        }
    }
    for ((till, name), shown) in tills.iter().zip(&names).zip(&shown) {
        let stands = books::settled(&place, till, name);
        books::all_shown_stand(shown, &stands);
        assert_eq!(stands.len(), EACH);
    }
    // Whatever order they came in, all tills now know the same of everybody.
    for account in &place.accounts {
        let known: Vec<_> = tills.iter().map(|till| till.run(&["show", account]).good()).collect();
        assert!(known.iter().all(|one| one["account"] == known[0]["account"] && one["dues"] == known[0]["dues"]));
    }
}

fn wish(place: &Place, dice: &mut Dice) -> Wish {
    let account = place.accounts[dice.below(place.accounts.len())].clone();
    Wish { request: dice.request(), account, amount: (dice.below(40) + 1).to_string() }
}
