// Which printer this till uses, and what was found out about it. Kept on the device; nothing in it is personal.
package app.raseed.print

import android.content.Context
import android.content.SharedPreferences

enum class PrinterKind { BLUETOOTH, USB, VENDOR }

/**
 * [address] is the Bluetooth address, the USB vendor and product, or the id of a [Vendor]. [answers]: the printer can be asked how it is; one
 * that cannot leaves the question to the person. [cuts]: it has a cutter.
 */
data class PrinterChoice(
    val kind: PrinterKind,
    val address: String,
    val name: String,
    val roll: Roll,
    val answers: Boolean,
    val cuts: Boolean,
) {
    fun printer(context: Context): Printer = when (kind) {
        PrinterKind.BLUETOOTH -> Bluetooth(context).printer(address)
        PrinterKind.USB -> UsbPrinter(
            context,
            UsbPrinter.plugged(context).find { UsbPrinter.address(it) == address } ?: throw CannotConnect(NoConnection.NOT_THERE),
        )
        PrinterKind.VENDOR -> VendorPrinter(
            context,
            Vendor.ALL.find { it.id == address } ?: throw CannotConnect(NoConnection.NOT_ON_THIS_DEVICE),
        )
    }
}

/** Where the choice is kept. */
class PrinterChoices(context: Context) {
    private val kept: SharedPreferences = context.getSharedPreferences("printer", Context.MODE_PRIVATE)

    /** Null: none was chosen, or what is kept was written by another version. */
    fun load(): PrinterChoice? {
        val kind = PrinterKind.values().find { it.name == kept.getString("kind", null) } ?: return null
        val roll = Roll.values().find { it.name == kept.getString("roll", null) } ?: return null
        val address = kept.getString("address", null) ?: return null
        val name = kept.getString("name", null) ?: address
        return PrinterChoice(kind, address, name, roll, kept.getBoolean("answers", true), kept.getBoolean("cuts", false))
    }

    fun save(choice: PrinterChoice) = kept.edit()
        .putString("kind", choice.kind.name)
        .putString("address", choice.address)
        .putString("name", choice.name)
        .putString("roll", choice.roll.name)
        .putBoolean("answers", choice.answers)
        .putBoolean("cuts", choice.cuts)
        .apply()

    fun forget() = kept.edit().clear().apply()
}
