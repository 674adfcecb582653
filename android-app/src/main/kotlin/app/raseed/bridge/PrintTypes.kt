// The door for what printing needs of the library; the generated names are known in this package only.
package app.raseed.bridge

typealias SlipBlock = app.raseed.core.SlipBlock
typealias HeadingBlock = app.raseed.core.SlipBlock.Heading
typealias LineBlock = app.raseed.core.SlipBlock.Line
typealias RowBlock = app.raseed.core.SlipBlock.Row
typealias TotalBlock = app.raseed.core.SlipBlock.Total
typealias RuleBlock = app.raseed.core.SlipBlock.Rule
typealias QrBlock = app.raseed.core.SlipBlock.Qr
typealias NoteBlock = app.raseed.core.SlipBlock.Note
typealias WordsBlock = app.raseed.core.SlipBlock.Words

typealias PrintJob = app.raseed.core.PrintJob
typealias SendStep = app.raseed.core.PrintStep.Send
typealias AskStep = app.raseed.core.PrintStep.Ask
typealias WaitStep = app.raseed.core.PrintStep.Wait
typealias DoneStep = app.raseed.core.PrintStep.Done
typealias PrintOutcome = app.raseed.core.PrintOutcome
typealias PrintedOutcome = app.raseed.core.PrintOutcome.Printed
typealias UnconfirmedOutcome = app.raseed.core.PrintOutcome.SentUnconfirmed
typealias StoppedOutcome = app.raseed.core.PrintOutcome.Stopped
typealias PrintTrouble = app.raseed.core.PrintTrouble
typealias PrintSent = app.raseed.core.PrintSent
typealias PrinterState = app.raseed.core.PrinterState

/** A slip of [bands] bands for a printer that [answers], or does not. */
fun printJob(bands: Int, answers: Boolean) = PrintJob(bands.toUInt(), answers)

/** What Sunmi's print service means by a number. */
fun sunmiState(code: Int): PrinterState = app.raseed.core.sunmiState(code)
