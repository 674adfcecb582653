// Which printer, and does it print? Choosing is all there is: pairing is Android's own screen.
package app.raseed.screen

import android.content.Intent
import android.provider.Settings
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.HeadingBlock
import app.raseed.bridge.LineBlock
import app.raseed.bridge.NoteBlock
import app.raseed.bridge.RowBlock
import app.raseed.bridge.RuleBlock
import app.raseed.bridge.SlipBlock
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Chip
import app.raseed.look.Page
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column
import app.raseed.look.row
import app.raseed.print.Bluetooth
import app.raseed.print.CannotConnect
import app.raseed.print.NoConnection
import app.raseed.print.PrintState
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterKind
import app.raseed.print.PrinterWords
import app.raseed.print.Roll
import app.raseed.print.UsbPrinter
import app.raseed.print.Vendor

class PrinterScreen(frame: Frame, place: Place) : Screen(frame, place) {
    private val choices = PrinterChoices(context)
    private val page = Page(context)
    private val how = column(context, 0)
    private val list = column(context, Size.GRID)
    private val paper = column(context, Size.GRID)
    private var printing = false

    override fun build(): View = page.apply {
        title(text(R.string.printer_title), frame::back)
        for (part in listOf(how, list, paper)) content.addView(part)
    }

    /** Also after Android's own screens: something may have been paired, plugged in or allowed there. */
    override fun shown() = refresh()

    override fun onPermission(request: Int, granted: Boolean) = refresh()

    private fun refresh() {
        val chosen = choices.load()
        list.removeAllViews()
        paper.removeAllViews()
        list.addView(none(chosen))
        val here = builtIn() + plugged()
        val paired = paired()
        val all = here + paired.orEmpty()
        // One that is switched off or out of reach stays chosen.
        if (chosen != null && all.none { it.isSameAs(chosen) }) list.addView(card(chosen, chosen))
        all.forEach { list.addView(card(it, chosen)) }
        if (paired != null) pairing()
        if (chosen != null) settings(chosen)
        offerTest(chosen)
    }

    private fun none(chosen: PrinterChoice?) = RowCard(
        context,
        text(R.string.printer_none),
        text(R.string.printer_none_why),
        chip = if (chosen == null) chosen() else null,
        icon = R.drawable.ic_qr,
    ) { choose(null) }

    private fun card(it: PrinterChoice, chosen: PrinterChoice?): RowCard {
        val (kind, icon) = when (it.kind) {
            PrinterKind.BLUETOOTH -> R.string.printer_bluetooth to R.drawable.ic_bluetooth
            PrinterKind.USB -> R.string.printer_usb to R.drawable.ic_usb
            PrinterKind.VENDOR -> R.string.printer_built_in to R.drawable.ic_print
        }
        val isChosen = chosen != null && it.isSameAs(chosen)
        return RowCard(context, it.name, text(kind), chip = if (isChosen) chosen() else null, icon = icon) { choose(it) }
    }

    private fun chosen() = Chip(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.printer_chosen))

    private fun choose(choice: PrinterChoice?) {
        val kept = choices.load()
        when {
            choice == null -> choices.forget()
            // Touched again: what was set for it stays.
            kept != null && choice.isSameAs(kept) -> Unit
            else -> choices.save(choice)
        }
        if (choice?.kind == PrinterKind.USB) {
            UsbPrinter.plugged(context).find { UsbPrinter.address(it) == choice.address }?.let { UsbPrinter.askPermission(context, it) }
        }
        how.removeAllViews()
        refresh()
    }

    private fun builtIn() = Vendor.ALL.filter { it.isHere(context) }
        .map { PrinterChoice(PrinterKind.VENDOR, it.id, it.name, Roll.MM58, answers = true, cuts = false) }

    private fun plugged() = UsbPrinter.plugged(context).map {
        val name = it.productName ?: UsbPrinter.address(it)
        PrinterChoice(PrinterKind.USB, UsbPrinter.address(it), name, Roll.MM80, answers = true, cuts = false)
    }

    /** Null if they cannot be seen; why is said then. */
    private fun paired(): List<PrinterChoice>? = try {
        Bluetooth(context).paired().map { PrinterChoice(PrinterKind.BLUETOOTH, it.address, it.name, Roll.MM58, answers = true, cuts = false) }
    } catch (cannot: CannotConnect) {
        when (cannot.why) {
            NoConnection.NOT_ALLOWED -> {
                paper.addView(Text(context, text(R.string.printer_not_allowed)))
                paper.addView(plain(R.drawable.ic_bluetooth, R.string.printer_allow, ::allow))
            }
            NoConnection.SWITCHED_OFF -> {
                paper.addView(Banner(context, Banner.Kind.Calm, R.drawable.ic_bluetooth, text(R.string.printer_bluetooth_off)))
                paper.addView(plain(R.drawable.ic_settings, R.string.printer_settings, ::openSettings))
            }
            else -> Unit
        }
        null
    }

    private fun allow() = frame.activity.requestPermissions(arrayOf(Bluetooth.PERMISSION), 0)

    private fun pairing() {
        paper.addView(Text(context, text(R.string.printer_nothing_paired)))
        paper.addView(plain(R.drawable.ic_settings, R.string.printer_settings, ::openSettings))
    }

    private fun openSettings() = frame.activity.startActivity(Intent(Settings.ACTION_BLUETOOTH_SETTINGS))

    /** What has to be known about the chosen one. */
    private fun settings(chosen: PrinterChoice) {
        val widths = listOf(Roll.MM58 to R.string.printer_mm58, Roll.MM80 to R.string.printer_mm80)
        val buttons = widths.map { (roll, word) -> option(chosen.roll == roll, R.drawable.ic_receipt, word) { set(chosen.copy(roll = roll)) } }
        val line = row(context, Size.GRID)
        buttons.forEach { line.addView(it, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.MATCH_PARENT, 1f)) }
        paper.addView(Text(context, text(R.string.printer_width), Type.TITLE, bold = true), 0)
        paper.addView(line, 1)
        if (chosen.kind == PrinterKind.VENDOR) return
        paper.addView(option(chosen.answers, R.drawable.ic_message, R.string.printer_answers) { set(chosen.copy(answers = true)) }, 2)
        paper.addView(option(!chosen.answers, R.drawable.ic_search, R.string.printer_silent) { set(chosen.copy(answers = false)) }, 3)
    }

    private fun set(choice: PrinterChoice) {
        choices.save(choice)
        refresh()
    }

    private fun option(on: Boolean, icon: Int, word: Int, onTouch: () -> Unit) =
        BigButton(context, if (on) BigButton.Kind.Primary else BigButton.Kind.Plain, if (on) R.drawable.ic_check else icon, text(word), onTouch = onTouch)
            .apply { isSelected = on }

    private fun plain(icon: Int, word: Int, onTouch: () -> Unit) = BigButton(context, BigButton.Kind.Plain, icon, text(word), onTouch = onTouch)

    private fun offerTest(chosen: PrinterChoice?) {
        page.actions.removeAllViews()
        page.actions.addView(
            when {
                printing -> plain(R.drawable.ic_stop, R.string.printer_stop) { frame.pos.printing.stop() }
                chosen == null -> return
                else -> BigButton(context, BigButton.Kind.Primary, R.drawable.ic_print, text(R.string.printer_test)) { test() }
            },
        )
    }

    private fun test() = frame.pos.printing.start(slip(), context.resources.configuration.locales[0], ::tell)

    private fun tell(state: PrintState) {
        printing = !state.isOver
        how.removeAllViews()
        how.addView(PrinterWords.of(context, state).banner(context))
        offerTest(choices.load())
    }

    /** Every kind of mark that a receipt has, and a ruler for the eye: fine, whole lines. */
    private fun slip(): List<SlipBlock> = listOf(
        HeadingBlock(text(R.string.app_name)),
        LineBlock(text(R.string.printer_test_line)),
        RuleBlock,
        RowBlock(text(R.string.printer_width), text(if (choices.load()?.roll == Roll.MM80) R.string.printer_mm80 else R.string.printer_mm58)),
        RowBlock("0123456789", "₹1,23,456.78"),
        RuleBlock,
        NoteBlock(text(R.string.printer_test_note)),
    )

    private fun PrinterChoice.isSameAs(other: PrinterChoice) = kind == other.kind && address == other.address
}
