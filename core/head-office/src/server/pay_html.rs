//! The pages of a bill as HTML: made whole on the server, for cheap phones and for browsers without scripts.

use crate::html::escape_into;
use crate::{BillCodes, BillDue};
use raseed_protocol::language::{Language, Phrase, bill as of_bill, pay as label, words};
use raseed_protocol::money::Paise;
use raseed_protocol::pay_link::PayLink;
use raseed_protocol::symbol::Symbol;

/// A page being written. Whatever is put in as text is escaped.
pub(super) struct Html(String);

/// The page of a bill that is in the books.
pub(super) fn bill(link: &PayLink, due: &BillDue) -> Html {
    let language = link.language();
    let say = |phrase: Phrase| phrase.in_language(language);
    let mut html = Html::begin(language, say(label::PAY_BILL));
    html.raw("<header>").element("p", "id=\"name\"", due.rules.name_in(language));
    html.raw("<nav>");
    for other in Language::ALL {
        let current = if other == language { " aria-current=\"page\"" } else { "" };
        let to = format!("href=\"{}\" lang=\"{other}\"{current}", link.in_language(other));
        html.element("a", &to, other.own_name());
    }
    html.raw("</nav></header><main>");
    html.raw("<p class=\"bill\">").element("span", "", say(of_bill::NUMBER));
    html.raw(" ").element("b", "", link.bill().as_str()).raw("</p>");
    match &due.codes {
        Some(codes) => to_pay(&mut html, link, due, codes),
        None => nothing_to_pay(&mut html, language, due),
    }
    html.raw("</main>");
    html
}

/// The page for a link that leads to no bill.
pub(super) fn no_bill(languages: &[Language]) -> Html {
    refusal(languages, label::NO_BILL, label::NO_BILL_WHY)
}

/// The page for when it cannot be said what is due.
pub(super) fn not_now(languages: &[Language]) -> Html {
    refusal(languages, label::NOT_NOW, label::NOT_NOW_WHY)
}

fn to_pay(html: &mut Html, link: &PayLink, due: &BillDue, codes: &BillCodes) {
    let language = link.language();
    let say = |phrase: Phrase| phrase.in_language(language);
    let amount = due.payable.to_string();
    on_its_way(html, language, due.on_its_way);
    html.raw("<section id=\"due\">").element("p", "", say(label::TO_PAY_NOW));
    html.element("p", &amount_class(&amount), &amount).element("p", "class=\"words\"", &words(due.payable, language));
    html.raw("</section>");
    if due.payable != link.amount() {
        html.element("p", "class=\"note\"", &label::CHANGED.fill(language, &[&link.amount().to_string()]));
    }
    // Before the button: whoever has touched it reads no further.
    html.element("p", "class=\"note\"", say(label::NOT_TWICE));
    html.element(
        "a",
        &format!("class=\"pay\" href=\"{}\"", escaped(&codes.tapped)),
        &label::OPEN_APP.fill(language, &[&amount]),
    );
    html.raw("<dl><div>").element("dt", "", say(label::NAME_IN_APP)).element("dd", "", &due.payee.name);
    html.raw("</div><div>").element("dt", "", say(label::UPI_ID)).element("dd", "", &due.payee.vpa).raw("</div></dl>");
    html.element("p", "class=\"other\"", say(label::OTHER_PHONE));
    // A payment code is in bytes alone; one that no symbol holds is no code, and the button is there.
    if let Ok(symbol) = Symbol::in_bytes(&codes.shown) {
        html.raw("<div class=\"code\">").raw(&symbol.to_svg()).raw("</div>");
    }
    html.element("p", "class=\"hint\"", say(label::NO_PROOF));
}

fn nothing_to_pay(html: &mut Html, language: Language, due: &BillDue) {
    html.raw("<section id=\"verdict\" class=\"green\">").element("h1", "", label::NOTHING_MORE.in_language(language));
    html.raw("</section>");
    on_its_way(html, language, due.on_its_way);
}

fn on_its_way(html: &mut Html, language: Language, amount: Paise) {
    if amount.is_positive() {
        html.element("p", "class=\"note\"", &label::ON_ITS_WAY.fill(language, &[&amount.to_string()]));
    }
}

fn refusal(languages: &[Language], what: Phrase, why: Phrase) -> Html {
    let first = languages.first().copied().unwrap_or_default();
    let mut html = Html::begin(first, what.in_language(first));
    html.raw("<main>");
    for language in languages {
        html.raw(&format!("<section class=\"refused\" lang=\"{language}\">"));
        html.element("h1", "", what.in_language(*language)).element("p", "class=\"why\"", why.in_language(*language));
        html.raw("</section>");
    }
    html.raw("</main>");
    html
}

/// A long amount is written smaller, never broken.
fn amount_class(amount: &str) -> String {
    let class = match amount.chars().count() {
        ..=10 => "amount",
        11..=13 => "amount long",
        _ => "amount longest",
    };
    format!("class=\"{class}\"")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 64);
    escape_into(&mut escaped, text);
    escaped
}

impl Html {
    fn begin(language: Language, title: &str) -> Html {
        let mut html = Html(String::with_capacity(16 * 1024));
        html.raw("<!doctype html><html lang=\"").raw(language.tag()).raw("\"><head><meta charset=\"utf-8\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.raw("<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\">");
        html.element("title", "", title).raw("<link rel=\"icon\" href=\"data:,\">");
        html.raw(
            "<link rel=\"stylesheet\" href=\"/V/style.css\"><link rel=\"stylesheet\" href=\"/V/pay.css\"></head><body>",
        );
        html
    }

    /// Markup of our own.
    fn raw(&mut self, markup: &str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// An element that holds a text. The attributes are markup of our own.
    fn element(&mut self, name: &str, attributes: &str, text: &str) -> &mut Html {
        let blank = if attributes.is_empty() { "" } else { " " };
        self.raw("<").raw(name).raw(blank).raw(attributes).raw(">");
        escape_into(&mut self.0, text);
        self.raw("</").raw(name).raw(">")
    }

    /// The whole page.
    pub(super) fn finish(mut self) -> String {
        self.raw("</body></html>\n");
        self.0
    }
}
