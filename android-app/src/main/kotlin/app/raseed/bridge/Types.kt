// The door to the library: the only names of it that the rest of the app uses. A generated type that no screen needs is not here.
package app.raseed.bridge

typealias Raseed = app.raseed.core.Raseed
typealias Refused = app.raseed.core.RaseedException

/** The core stopped in the middle of a call: a mistake of ours. The next call opens the till afresh, and it checks itself. */
typealias Broken = app.raseed.core.InternalException

typealias Money = app.raseed.core.Money
typealias AmountView = app.raseed.core.AmountView
typealias Age = app.raseed.core.Age
typealias AgeUnit = app.raseed.core.AgeUnit

typealias HomeView = app.raseed.core.HomeView
typealias ModeView = app.raseed.core.ModeView
typealias NextStep = app.raseed.core.NextStep
typealias LastReceiptView = app.raseed.core.LastReceiptView

typealias FoundView = app.raseed.core.FoundView
typealias HouseholdView = app.raseed.core.HouseholdView
typealias DemandView = app.raseed.core.DemandView
typealias LineView = app.raseed.core.LineView
typealias PaymentView = app.raseed.core.PaymentView
typealias MeterView = app.raseed.core.MeterView

typealias PreviewView = app.raseed.core.PreviewView
typealias ChangeView = app.raseed.core.ChangeView
typealias ReceiptView = app.raseed.core.ReceiptView
typealias VerifyView = app.raseed.core.VerifyView
typealias Verdict = app.raseed.core.Verdict
typealias ProvenView = app.raseed.core.ProvenView

typealias BillRequest = app.raseed.core.BillRequest
typealias BillView = app.raseed.core.BillView
typealias JudgedView = app.raseed.core.JudgedView
typealias ReadingQuestion = app.raseed.core.ReadingQuestion

typealias QueueView = app.raseed.core.QueueView
typealias UnsentView = app.raseed.core.UnsentView
typealias NoticeView = app.raseed.core.NoticeView
typealias AttemptView = app.raseed.core.AttemptView
typealias SyncView = app.raseed.core.SyncView
typealias About = app.raseed.core.About
typealias StorageView = app.raseed.core.StorageView
typealias StorageKind = app.raseed.core.StorageKind
typealias StorageWorry = app.raseed.core.StorageWorry

typealias PayMode = app.raseed.core.PayMode
typealias ModeOffer = app.raseed.core.ModeOffer
typealias PaymentDetails = app.raseed.core.PaymentDetails
typealias PaymentRowView = app.raseed.core.PaymentRowView
typealias PaymentStatus = app.raseed.core.PaymentStatus
typealias MoneyStatus = app.raseed.core.MoneyStatus

/** Nobody knows yet how it ends. */
val PaymentStatus.isPending: Boolean get() = this == PaymentStatus.WAITING || this == PaymentStatus.UNKNOWN
