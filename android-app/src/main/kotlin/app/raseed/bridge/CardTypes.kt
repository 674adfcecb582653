// The door for what a card sale needs of the library; the generated names are known in this package only.
package app.raseed.bridge

typealias CardAcquirer = app.raseed.core.CardAcquirer
typealias CardSaleView = app.raseed.core.CardSaleView
typealias CardExtra = app.raseed.core.CardExtra
typealias CardAsk = app.raseed.core.CardAsk
typealias ActivityAsk = app.raseed.core.CardAsk.Activity
typealias ServiceAsk = app.raseed.core.CardAsk.Service
typealias CardAnswered = app.raseed.core.CardAnswered
typealias CardOutcome = app.raseed.core.CardOutcomeView
typealias CardApproved = app.raseed.core.CardOutcomeView.Approved
typealias CardDeclined = app.raseed.core.CardOutcomeView.Declined
typealias CardCancelled = app.raseed.core.CardOutcomeView.Cancelled
typealias CardUnknown = app.raseed.core.CardOutcomeView.Unknown
typealias CardApproval = app.raseed.core.CardApproval
typealias CardRefused = app.raseed.core.CardRefused

/** What to start to take the money; never on the main thread, as every call of the library. */
fun cardSaleAsk(acquirer: CardAcquirer, sale: CardSaleView): CardAsk = app.raseed.core.cardSaleAsk(acquirer, sale)

/** What to start to ask what became of it; null: this payment app cannot be asked. */
fun cardQueryAsk(acquirer: CardAcquirer, sale: CardSaleView): CardAsk? = app.raseed.core.cardQueryAsk(acquirer, sale)

/** What the answer to the sale says. */
fun cardRead(acquirer: CardAcquirer, sale: CardSaleView, answered: CardAnswered): CardOutcome =
    app.raseed.core.cardRead(acquirer, sale, answered)

/** What the answer to the asking after it says. */
fun cardReadQuery(acquirer: CardAcquirer, sale: CardSaleView, answered: CardAnswered): CardOutcome =
    app.raseed.core.cardReadQuery(acquirer, sale, answered)
